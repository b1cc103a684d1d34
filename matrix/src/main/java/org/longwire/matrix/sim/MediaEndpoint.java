package org.longwire.matrix.sim;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.longwire.matrix.MediaFile;
import org.longwire.matrix.MxcUri;

/** Keeps files, and gives them to whoever has a token. */
final class MediaEndpoint {
  private final DoubleWorld world;
  private final Map<MxcUri, MediaFile> files = new ConcurrentHashMap<>();

  /** A file as an answer. */
  record Stored(MediaFile file) implements Call.Answer {
    @Override
    public String type() {
      return file.type();
    }

    @Override
    public byte[] content() {
      return file.content();
    }
  }

  MediaEndpoint(DoubleWorld world) {
    this.world = world;
  }

  Optional<MediaFile> file(MxcUri uri) {
    return Optional.ofNullable(files.get(uri));
  }

  int count() {
    return files.size();
  }

  /** {@code POST /_matrix/media/v3/upload}; the same file twice is two files. */
  DoubleJson upload(Call call) throws Refusal {
    if (call.body().length > MediaFile.MAX_BYTES) {
      throw new Refusal(413, "M_TOO_LARGE", "Upload request body is too large");
    }
    String name = call.query("filename").orElse("");
    MediaFile file = new MediaFile(name, call.bodyType(), call.body());
    MxcUri uri = world.newMedia();
    files.put(uri, file);
    return DoubleJson.object().put("content_uri", uri.value());
  }

  /** {@code GET /_matrix/client/v1/media/download/{server}/{id}}. */
  Stored download(Call call) throws Refusal {
    String address = "mxc://%s/%s".formatted(call.args().get(0), call.args().get(1));
    return files.entrySet().stream()
        .filter(file -> file.getKey().value().equals(address))
        .findFirst()
        .map(file -> new Stored(file.getValue()))
        .orElseThrow(() -> Refusal.notFound("Not found"));
  }
}

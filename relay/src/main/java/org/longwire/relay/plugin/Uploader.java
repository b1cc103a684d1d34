package org.longwire.relay.plugin;

import java.util.concurrent.Semaphore;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.MediaFile;
import org.longwire.matrix.MxcUri;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.Picture;
import org.longwire.plugins.api.PluginException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the homeserver keep the pictures of all plugins, while the plugin's own thread waits. A
 * failed upload is not repeated: whoever asked for the picture reads why there is none. Any thread.
 */
public final class Uploader {
  /** At a time, so that chat always finds a free connection. */
  static final int AT_ONCE = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Uploader.class);

  private final Homeserver homeserver;
  private final Semaphore free = new Semaphore(AT_ONCE);

  public Uploader(Homeserver homeserver) {
    this.homeserver = homeserver;
  }

  /**
   * Uploads a picture, within {@link Limits#UPLOAD}.
   *
   * @throws IllegalArgumentException if it is too large, or its type is none
   */
  MxcUri upload(Picture picture) throws PluginException.Unavailable {
    MediaFile file = new MediaFile(picture.name(), picture.type(), picture.content());
    if (!free.tryAcquire()) {
      throw new PluginException.Unavailable(
          "other pictures are being uploaded; ask again in a minute");
    }
    try {
      return homeserver.upload(file, Limits.UPLOAD);
    } catch (MatrixException e) {
      LOG.warn("a picture was not shown: {}", e.getMessage());
      throw new PluginException.Unavailable(sentence(e));
    } finally {
      free.release();
    }
  }

  /** What concerns the asker; where the homeserver is and how to mend it is the operator's. */
  private static String sentence(MatrixException failure) {
    return switch (failure.advice()) {
      case SLOW_DOWN -> "the homeserver takes no more pictures for now; ask again later";
      case GIVE_UP -> "the homeserver refuses the picture; its administrator can say why";
      default -> "the picture could not be uploaded to the homeserver; ask again later";
    };
  }
}

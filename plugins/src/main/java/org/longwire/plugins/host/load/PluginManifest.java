package org.longwire.plugins.host.load;

import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.longwire.plugins.api.ApiVersion;
import org.longwire.plugins.host.PluginPolicy;

/**
 * What a jar says of itself in {@code META-INF/MANIFEST.MF}.
 *
 * @param id its section of the configuration
 * @param version in the author's own counting
 * @param api the interface that it was built against
 * @param pluginClass the name of its {@link org.longwire.plugins.api.Plugin}
 */
public record PluginManifest(String id, String version, ApiVersion api, String pluginClass) {
  public static final String ID = "Longwire-Plugin-Id";
  public static final String VERSION = "Longwire-Plugin-Version";
  public static final String API = "Longwire-Plugin-Api";
  public static final String CLASS = "Longwire-Plugin-Class";

  private static final Pattern CLASS_FORM =
      Pattern.compile("(?:[A-Za-z_$][\\w$]*\\.)+[A-Za-z_$][\\w$]*");
  private static final Pattern VERSION_FORM = Pattern.compile("[\\w.+-]{1,32}");

  static PluginManifest of(Manifest manifest) throws BadJarException {
    Attributes attributes = manifest.getMainAttributes();
    String id = need(attributes, ID);
    if (!PluginPolicy.isId(id)) {
      throw new BadJarException(
          "has an id (%s) that is not one to 32 small letters, digits and dashes, or a reserved word"
              .formatted(ID));
    }
    String version = need(attributes, VERSION);
    if (!VERSION_FORM.matcher(version).matches()) {
      throw new BadJarException("has a version (%s) that is none, such as 1.2".formatted(VERSION));
    }
    Optional<ApiVersion> api = ApiVersion.parse(need(attributes, API));
    String pluginClass = need(attributes, CLASS);
    if (!CLASS_FORM.matcher(pluginClass).matches()) {
      throw new BadJarException("names no class in a package (%s)".formatted(CLASS));
    }
    return new PluginManifest(
        id,
        version,
        api.orElseThrow(
            () -> new BadJarException("does not say with %s which interface it needs, such as %s"
                .formatted(API, ApiVersion.CURRENT))),
        pluginClass);
  }

  private static String need(Attributes attributes, String name) throws BadJarException {
    String value = attributes.getValue(name);
    if (value == null || value.isBlank()) {
      throw new BadJarException("has no %s in its manifest".formatted(name));
    }
    return value.strip();
  }

  /** Where the class stands in the jar. */
  String classEntry() {
    return pluginClass.replace('.', '/') + ".class";
  }
}

package org.longwire.plugins.host.load;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.longwire.plugins.api.Plugin;

/**
 * Loads a plugin's classes from the bytes of its jar. They see Java itself, the plugin interface
 * and one another, and nothing else of ours. This keeps plugins apart from our innards, not from
 * the rest of their process: that is what the process is for.
 */
public final class PluginClassLoader extends ClassLoader {
  private final Map<String, byte[]> entries;

  /** @param jar whose hash has been compared */
  public PluginClassLoader(JarContents jar) {
    super(new ApiClassLoader());
    this.entries = Map.copyOf(jar.entries());
  }

  /**
   * Makes the plugin.
   *
   * @throws BadJarException if the class is no plugin, or cannot be loaded
   */
  public Plugin plugin(String className) throws BadJarException {
    try {
      return loadClass(className).asSubclass(Plugin.class).getConstructor().newInstance();
    } catch (ClassCastException e) {
      throw new BadJarException("names a class that is no plugin: " + className);
    } catch (ReflectiveOperationException | LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new BadJarException("has a plugin that cannot be made: " + cause);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] content = entries.get(name.replace('.', '/') + ".class");
    if (content == null || name.startsWith("org.longwire.")) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, content, 0, content.length);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    byte[] content = entries.get(name);
    if (content == null) {
      return null;
    }
    try {
      return new URL("plugin", "", -1, "/" + name, new Bytes(content));
    } catch (IOException e) {
      throw new IllegalStateException("a handler is given", e);
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return Collections.enumeration(found == null ? List.of() : List.of(found));
  }

  /** Passes on what plugins may see of ours. */
  private static final class ApiClassLoader extends ClassLoader {
    ApiClassLoader() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (!ApiTypes.areSeen(name)) {
        throw new ClassNotFoundException(name);
      }
      return Plugin.class.getClassLoader().loadClass(name);
    }
  }

  /** Where the address of a resource leads. */
  private static final class Bytes extends URLStreamHandler {
    private final byte[] content;

    Bytes(byte[] content) {
      this.content = content;
    }

    @Override
    protected URLConnection openConnection(URL address) {
      return new URLConnection(address) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(content);
        }
      };
    }
  }
}

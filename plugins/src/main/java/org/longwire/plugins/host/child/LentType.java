package org.longwire.plugins.host.child;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.longwire.plugins.api.Archive;
import org.longwire.plugins.api.Nodes;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginLog;
import org.longwire.plugins.api.PluginStore;
import org.longwire.plugins.api.RelayState;
import org.longwire.plugins.api.Web;

/**
 * An interface that is lent to a plugin in another process, and the methods that are asked through
 * the pipe: those without a default, in an order that both ends find by themselves.
 */
record LentType(Class<?> type, List<Method> methods) {
  private static final List<Class<?>> ALL = List.of(
      PluginContext.class,
      InstantSource.class,
      PluginLog.class,
      Nodes.class,
      Archive.class,
      PluginStore.class,
      PluginStore.Batch.class,
      Web.class,
      RelayState.class);

  static final LentType CONTEXT = of(PluginContext.class);

  static LentType of(Class<?> type) {
    List<Method> methods = Stream.of(type.getMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .sorted(Comparator.comparing(Method::toGenericString))
        .toList();
    return new LentType(type, methods);
  }

  /** Whether what a method returns is lent, and no value. */
  static boolean isLentBy(Method method) {
    return ALL.contains(method.getReturnType());
  }
}

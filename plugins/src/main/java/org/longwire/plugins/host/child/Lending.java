package org.longwire.plugins.host.child;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginStore;

/**
 * The relay's end of what is lent to a plugin in another process: makes the calls that the plugin
 * asks for, on the thread that waits for the plugin, by the rules that hold for every plugin.
 */
final class Lending {
  /** Things lent at one time: the parts of the context, and one batch with those inside it. */
  static final int MAX_LENT = 64;

  private final Map<Integer, Lent> lent = new HashMap<>();
  private int next;

  private record Lent(LentType type, Object what) {}

  Lending(PluginContext context) {
    lend(LentType.CONTEXT, context);
  }

  private int lend(LentType type, Object what) {
    lent.put(next, new Lent(type, what));
    return next++;
  }

  /**
   * Makes a call.
   *
   * @throws MalformedFrame if there is nothing of the kind to be called
   */
  ToChild answer(FromChild.Ask ask) throws MalformedFrame {
    Lent asked = lent.get(ask.lent());
    if (asked == null
        || ask.method() < 0
        || ask.method() >= asked.type().methods().size()) {
      throw new MalformedFrame("asks for what was not lent");
    }
    Method method = asked.type().methods().get(ask.method());
    Object[] arguments = arguments(method, ask.arguments());
    if (lent.size() >= MAX_LENT && LentType.isLentBy(method)) {
      return new ToChild.Threw(Thrown.STATE, "close the batches that are not needed any more");
    }
    if (method.getReturnType() == PluginStore.Batch.class && !isInside(asked) && hasBatch()) {
      return new ToChild.Threw(Thrown.STATE, "close the batch that is open, then make another");
    }
    if (isInside(asked) && method.getName().equals("close")) {
      lent.remove(ask.lent());
    }
    try {
      return give(method, method.invoke(asked.what(), arguments));
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause();
      return new ToChild.Threw(Thrown.of(thrown), String.valueOf(thrown.getMessage()));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("interfaces are public", e);
    }
  }

  private static boolean isInside(Lent asked) {
    return asked.what() instanceof PluginStore.Batch;
  }

  private boolean hasBatch() {
    return lent.values().stream().anyMatch(Lending::isInside);
  }

  private static Object[] arguments(Method method, List<byte[]> forms) throws MalformedFrame {
    Type[] types = method.getGenericParameterTypes();
    if (types.length != forms.size()) {
      throw new MalformedFrame("asks %s with too few words".formatted(method.getName()));
    }
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = RecordForm.decode(types[i], forms.get(i));
    }
    return arguments;
  }

  private ToChild give(Method method, Object value) {
    if (method.getReturnType() == void.class) {
      return new ToChild.Gave(new byte[0]);
    }
    if (LentType.isLentBy(method)) {
      return new ToChild.Lent(lend(LentType.of(method.getReturnType()), value));
    }
    try {
      return new ToChild.Gave(RecordForm.encode(method.getGenericReturnType(), value));
    } catch (IllegalArgumentException e) {
      return new ToChild.Threw(Thrown.STATE, String.valueOf(e.getMessage()));
    }
  }
}

package org.longwire.plugins.host.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.Settings;

/** The plugin's end of something that is lent to it: asks for each call through the pipe. */
final class Borrowed implements InvocationHandler {
  private final ChildPipe pipe;
  private final LentType type;
  private final int number;
  private final Map<Method, Object> parts = new HashMap<>();

  private Borrowed(ChildPipe pipe, LentType type, int number) {
    this.pipe = pipe;
    this.type = type;
    this.number = number;
  }

  /** The context, which every pipe lends by the number 0. */
  static PluginContext context(ChildPipe pipe) {
    return (PluginContext) new Borrowed(pipe, LentType.CONTEXT, 0).proxy();
  }

  private Object proxy() {
    return Proxy.newProxyInstance(
        Borrowed.class.getClassLoader(), new Class<?>[] {type.type()}, this);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given)
      throws Throwable {
    Object[] arguments = given == null ? new Object[0] : given;
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, method, arguments);
    }
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, method, given);
    }
    if (method.getReturnType() == Settings.class) {
      return pipe.settings();
    }
    Object known = parts.get(method);
    return known == null ? ask(method, arguments) : known;
  }

  private Object ofObject(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> type.type().getSimpleName();
    };
  }

  private @Nullable Object ask(Method method, Object[] arguments) throws Exception {
    Type[] types = method.getGenericParameterTypes();
    List<byte[]> forms = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      forms.add(RecordForm.encode(types[i], arguments[i]));
    }
    try {
      ToChild answer = pipe.ask(new FromChild.Ask(number, type.methods().indexOf(method), forms));
      if (answer instanceof ToChild.Threw threw) {
        throw threw.kind().make(threw.sentence());
      }
      if (answer instanceof ToChild.Lent lent) {
        return keep(method, new Borrowed(pipe, LentType.of(method.getReturnType()), lent.number()));
      }
      return method.getReturnType() == void.class
          ? null
          : RecordForm.decode(method.getGenericReturnType(), ((ToChild.Gave) answer).value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The parts of the context stay what they are; a batch is new each time. */
  private Object keep(Method method, Borrowed lent) {
    Object proxy = lent.proxy();
    if (type.equals(LentType.CONTEXT)) {
      parts.put(method, proxy);
    }
    return proxy;
  }
}

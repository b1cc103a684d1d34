package org.longwire.relay.crash;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import org.longwire.matrix.Homeserver;
import org.longwire.matrix.MatrixException;
import org.longwire.matrix.SessionStore;
import org.longwire.matrix.SyncPage;
import org.longwire.relay.Surroundings;
import org.longwire.relay.config.RelayConfig;

/**
 * A way to the homeserver on which the process dies: before and after each call, by the name of its
 * method, as in {@code send-before}; {@code page-after} is a sync with something said in it.
 */
record FusedServers(Surroundings.Servers servers, Fuse fuse, Sabotage sabotage)
    implements Surroundings.Servers {
  @Override
  public Homeserver open(RelayConfig.Matrix matrix, SessionStore store, InstantSource clock)
      throws MatrixException, IOException {
    Handler handler = new Handler(servers.open(matrix, store, clock), fuse, sabotage);
    return (Homeserver) Proxy.newProxyInstance(
        Homeserver.class.getClassLoader(), new Class<?>[] {Homeserver.class}, handler);
  }

  private record Handler(Homeserver homeserver, Fuse fuse, Sabotage sabotage)
      implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      fuse.at(method.getName() + "-before");
      Object result = call(method, sabotage.before(method.getName(), arguments));
      if (result instanceof SyncPage page) {
        sabotage.after(page);
        if (page.rooms().stream().anyMatch(room -> !room.timeline().isEmpty())) {
          fuse.at("page-after");
        }
      }
      fuse.at(method.getName() + "-after");
      return result;
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
      try {
        return method.invoke(homeserver, arguments);
      } catch (InvocationTargetException failure) {
        throw failure.getCause();
      }
    }
  }
}

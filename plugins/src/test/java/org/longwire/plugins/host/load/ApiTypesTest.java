package org.longwire.plugins.host.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.longwire.plugins.api.Limits;
import org.longwire.plugins.api.Plugin;

class ApiTypesTest {
  /** All of ours that can be reached from what plugins are given and give. */
  private static Set<String> reached() {
    Set<String> names = new TreeSet<>();
    Deque<Class<?>> left = new ArrayDeque<>(Set.of(Plugin.class, Limits.class));
    while (!left.isEmpty()) {
      Class<?> type = left.pop();
      if (!type.getName().startsWith("org.longwire.") || !names.add(type.getName())) {
        continue;
      }
      Stream.of(type.getMethods())
          .filter(method -> method.getDeclaringClass() != Object.class)
          .flatMap(ApiTypesTest::typesOf)
          .forEach(found -> add(found, left));
      Stream.of(type.getConstructors())
          .flatMap(constructor -> Stream.of(constructor.getGenericParameterTypes()))
          .forEach(found -> add(found, left));
      Stream.of(type.getFields()).forEach(field -> add(field.getGenericType(), left));
      if (type.isSealed()) {
        left.addAll(Set.of(type.getPermittedSubclasses()));
      }
      Stream.of(type.getInterfaces()).forEach(left::add);
      Stream.of(type.getDeclaredClasses())
          .filter(nested -> Modifier.isPublic(nested.getModifiers()))
          .forEach(left::add);
    }
    return names;
  }

  private static Stream<Type> typesOf(Method method) {
    return Stream.concat(
        Stream.of(method.getGenericReturnType()), Stream.of(method.getGenericParameterTypes()));
  }

  private static void add(Type type, Deque<Class<?>> left) {
    if (type instanceof Class<?> plain) {
      left.add(plain.isArray() ? plain.getComponentType() : plain);
    } else if (type instanceof ParameterizedType generic) {
      add(generic.getRawType(), left);
      Stream.of(generic.getActualTypeArguments()).forEach(argument -> add(argument, left));
    } else if (type instanceof WildcardType wildcard) {
      Stream.of(wildcard.getUpperBounds()).forEach(bound -> add(bound, left));
    }
  }

  private static String outer(String name) {
    return name.replaceAll("\\$.*", "");
  }

  @Test
  void theListHoldsExactlyTheValuesThatTheInterfaceSpeaksOf() {
    Set<String> values = new TreeSet<>();
    for (String name : reached()) {
      if (!name.startsWith("org.longwire.plugins.api.")) {
        values.add(outer(name));
      }
    }
    assertEquals(values, new TreeSet<>(ApiTypes.VALUES));
  }

  @Test
  void nothingOfTheHostIsReached() {
    assertTrue(reached().stream().noneMatch(name -> name.startsWith("org.longwire.plugins.host")));
    assertFalse(ApiTypes.areSeen("org.longwire.plugins.host.PluginServices"));
    assertFalse(ApiTypes.areSeen("org.longwire.radio.RadioSession"));
    assertFalse(ApiTypes.areSeen("org.longwire.matrix.HttpHomeserver"));
    assertTrue(ApiTypes.areSeen("org.longwire.radio.MeshEvent$TextReceived"));
  }
}

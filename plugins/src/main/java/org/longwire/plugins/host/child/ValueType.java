package org.longwire.plugins.host.child;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A declared type with what stands for its variables. A wildcard without a bound is {@link Object}.
 */
record ValueType(Class<?> raw, List<ValueType> arguments) {
  private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
    @Override
    protected Shape computeValue(Class<?> type) {
      return Shape.of(type);
    }
  };

  /** How a record is taken apart and made, and of what if nothing is said of its variables. */
  record Shape(Constructor<?> constructor, List<Method> accessors, List<ValueType> components) {
    private static Shape of(Class<?> type) {
      RecordComponent[] components = type.getRecordComponents();
      try {
        Constructor<?> constructor = type.getDeclaredConstructor(
            Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        List<Method> accessors =
            Stream.of(components).map(RecordComponent::getAccessor).toList();
        accessors.forEach(accessor -> accessor.setAccessible(true));
        return new Shape(
            constructor,
            accessors,
            Stream.of(components)
                .map(component -> ValueType.of(component.getGenericType()))
                .toList());
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("a record has its canonical constructor", e);
      }
    }
  }

  static ValueType of(Type type) {
    return of(type, Map.of());
  }

  private static ValueType of(Type type, Map<TypeVariable<?>, ValueType> variables) {
    if (type instanceof Class<?> plain) {
      return new ValueType(plain, List.of());
    }
    if (type instanceof ParameterizedType generic) {
      return new ValueType(
          (Class<?>) generic.getRawType(),
          Stream.of(generic.getActualTypeArguments())
              .map(argument -> of(argument, variables))
              .toList());
    }
    if (type instanceof WildcardType wildcard) {
      return of(wildcard.getUpperBounds()[0], variables);
    }
    ValueType known = type instanceof TypeVariable<?> variable ? variables.get(variable) : null;
    return known == null ? new ValueType(Object.class, List.of()) : known;
  }

  Shape shape() {
    return SHAPES.get(raw);
  }

  /** The types of a record's components, in their order. */
  List<ValueType> components() {
    return arguments.isEmpty() ? shape().components() : componentsByArguments();
  }

  private List<ValueType> componentsByArguments() {
    Map<TypeVariable<?>, ValueType> variables = new HashMap<>();
    TypeVariable<?>[] names = raw.getTypeParameters();
    for (int i = 0; i < names.length && i < arguments.size(); i++) {
      variables.put(names[i], arguments.get(i));
    }
    return Stream.of(raw.getRecordComponents())
        .map(component -> of(component.getGenericType(), variables))
        .toList();
  }

  /** What stands for the first or second variable. */
  ValueType argument(int index) {
    return index < arguments.size() ? arguments.get(index) : new ValueType(Object.class, List.of());
  }

  /** Whether it is one of several kinds; some of the JDK's classes are sealed, and values. */
  boolean isUnion() {
    return raw.isInterface() && raw.isSealed();
  }

  /** The records and enums that a sealed interface permits, in their order. */
  List<Class<?>> leaves() {
    List<Class<?>> leaves = new ArrayList<>();
    for (Class<?> permitted : raw.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        leaves.addAll(new ValueType(permitted, List.of()).leaves());
      } else {
        leaves.add(permitted);
      }
    }
    return leaves;
  }

  @Override
  public String toString() {
    return raw.getSimpleName() + (arguments.isEmpty() ? "" : Arrays.asList(arguments.toArray()));
  }
}

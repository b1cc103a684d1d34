package org.longwire.plugins.host.child;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.longwire.matrix.RoomEvent;
import org.longwire.plugins.api.Answer;
import org.longwire.plugins.api.Archive;
import org.longwire.plugins.api.CommandCall;
import org.longwire.plugins.api.Drawing;
import org.longwire.plugins.api.NodeInfo;
import org.longwire.plugins.api.Nodes;
import org.longwire.plugins.api.PluginContext;
import org.longwire.plugins.api.PluginLog;
import org.longwire.plugins.api.PluginResult;
import org.longwire.plugins.api.PluginStore;
import org.longwire.plugins.api.RelayState;
import org.longwire.plugins.api.Sending;
import org.longwire.plugins.api.Settings;
import org.longwire.plugins.api.Web;
import org.longwire.plugins.host.Declarations;
import org.longwire.plugins.host.Invocation;
import org.longwire.radio.MeshEvent;

class RecordFormTest {
  private static final int ROUNDS = 200;

  /** What the calls of everything lent take and give. */
  private static Set<Type> lentTypes() {
    Map<String, Type> types = new TreeMap<>();
    for (Class<?> lent : List.of(
        PluginContext.class,
        PluginLog.class,
        Nodes.class,
        Archive.class,
        PluginStore.Batch.class,
        Web.class,
        RelayState.class)) {
      for (Method method : LentType.of(lent).methods()) {
        Stream<Type> given = Stream.of(method.getGenericParameterTypes());
        boolean isValue = method.getReturnType() != void.class
            && method.getReturnType() != Settings.class
            && !LentType.isLentBy(method);
        Stream<Type> told = isValue ? Stream.of(method.getGenericReturnType()) : Stream.of();
        Stream.concat(given, told).forEach(type -> types.put(type.getTypeName(), type));
      }
    }
    return Set.copyOf(types.values());
  }

  @Test
  void everyValueComesBackAsItWent() throws MalformedFrame {
    for (Class<?> type : List.of(
        MeshEvent.class,
        RoomEvent.class,
        CommandCall.class,
        Sending.class,
        Answer.class,
        NodeInfo.class,
        PluginResult.class,
        Declarations.class,
        Invocation.class)) {
      RandomValues random = new RandomValues(new Random(7));
      for (int i = 0; i < ROUNDS; i++) {
        Object value = random.of(ValueType.of(type));
        assertEquals(value, RecordForm.decode(type, RecordForm.encode(type, value)));
      }
    }
  }

  @Test
  void everyKindOfAnEventIsAmongThem() {
    for (Class<?> type : List.of(MeshEvent.class, RoomEvent.class, Sending.class)) {
      RandomValues random = new RandomValues(new Random(7));
      Set<Class<?>> seen = new HashSet<>();
      for (int i = 0; i < ROUNDS; i++) {
        seen.add(random.of(ValueType.of(type)).getClass());
      }
      assertEquals(Set.copyOf(ValueType.of(type).leaves()), seen);
    }
  }

  @Test
  void whateverIsAskedOrAnsweredHasAForm() throws MalformedFrame {
    List<Type> types = new ArrayList<>(lentTypes());
    types.add(ToChild.class);
    types.add(FromChild.class);
    types.add(Drawing.class);
    for (Type type : types) {
      RandomValues random = new RandomValues(new Random(11));
      for (int i = 0; i < ROUNDS; i++) {
        byte[] bytes = RecordForm.encode(type, random.of(ValueType.of(type)));
        Object again = RecordForm.decode(type, bytes);
        // Sets may have changed their order, and arrays know no equals: so much is left.
        assertEquals(bytes.length, RecordForm.encode(type, again).length, type.getTypeName());
      }
    }
  }

  @Test
  void bytesComeBackAsTheyWent() throws MalformedFrame {
    Web.Page page = new Web.Page(200, "text/plain", new byte[] {0, -1, 127});
    Web.Page again =
        (Web.Page) RecordForm.decode(Web.Page.class, RecordForm.encode(Web.Page.class, page));
    assertArrayEquals(page.content(), again.content());
  }

  /** The test fails by any exception but the form's own, and by an endless loop. */
  @Test
  void brokenBytesAreMalformedAndNothingElse() {
    Random chance = new Random(3);
    RandomValues random = new RandomValues(chance);
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = RecordForm.encode(FromChild.class, random.of(ValueType.of(FromChild.class)));
      for (int j = chance.nextInt(4); j >= 0 && bytes.length > 0; j--) {
        bytes[chance.nextInt(bytes.length)] = (byte) chance.nextInt();
      }
      refused += isRefused(FromChild.class, bytes) ? 1 : 0;
      byte[] noise = new byte[chance.nextInt(200)];
      chance.nextBytes(noise);
      isRefused(Sending.class, noise);
      isRefused(Drawing.class, noise);
    }
    assertTrue(refused > 300, refused + " are too few");
  }

  private static boolean isRefused(Type type, byte[] bytes) {
    try {
      RecordForm.decode(type, bytes);
      return false;
    } catch (MalformedFrame e) {
      return true;
    }
  }

  @Test
  void whatIsMissingOrOfAnotherTypeIsNotWritten() {
    assertThrows(IllegalArgumentException.class, () -> RecordForm.encode(PluginResult.class, null));
    assertThrows(IllegalArgumentException.class, () -> RecordForm.encode(String.class, 5));
    assertThrows(
        IllegalArgumentException.class, () -> RecordForm.encode(Thread.class, new Thread()));
    assertThrows(
        IllegalArgumentException.class,
        () -> RecordForm.encode(Object.class, Optional.of("no open value")));
  }

  @Test
  void collectionsAndNestingHaveAnEnd() {
    assertThrows(
        IllegalArgumentException.class,
        () -> RecordForm.encode(
            Object.class, Collections.nCopies(RecordForm.MAX_MEMBERS + 1, "row")));
    Object nested = "core";
    for (int i = 0; i < RecordForm.MAX_DEPTH; i++) {
      nested = List.of(nested);
    }
    Object deep = nested;
    assertThrows(IllegalArgumentException.class, () -> RecordForm.encode(Object.class, deep));
    byte[] announced = {6, 127, -1};
    assertThrows(MalformedFrame.class, () -> RecordForm.decode(Object.class, announced));
  }
}

package io.surfacescan.testkit;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The bytes that all objects reached from some take, those shared by several counted once.
///
/// Arrays and the memory of buffers and bit sets count in full, with their padding; other objects
/// as 4 or 8 bytes a field and 16 for the head. What the JDK's own classes hold is known for those
/// that our structures are made of; any other fails, lest something go unweighed.
public final class Footprint {
  private static final int HEAD_BYTES = 16;

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> pending = new ArrayDeque<>();
  private long bytes;

  private Footprint() {}

  /// The bytes of all that is reached from the roots.
  public static long bytesOf(Object... roots) {
    var footprint = new Footprint();
    for (Object root : roots) {
      footprint.meet(root);
    }
    while (!footprint.pending.isEmpty()) {
      footprint.weigh(footprint.pending.pop());
    }
    return footprint.bytes;
  }

  private void meet(@Nullable Object object) {
    if (object != null && !(object instanceof Enum<?>) && seen.add(object)) {
      pending.push(object);
    }
  }

  private void weigh(Object object) {
    switch (object) {
      case ByteBuffer buffer -> add(buffer.capacity());
      case BitSet bits -> add(bits.size() / 8);
      case AtomicReferenceArray<?> array -> {
        add(4L * array.length());
        for (int i = 0; i < array.length(); i++) {
          meet(array.get(i));
        }
      }
      case List<?> list -> {
        add(4L * list.size());
        list.forEach(this::meet);
      }
      case Number number -> add(8);
      case Optional<?> optional -> {
        add(4);
        optional.ifPresent(this::meet);
      }
      case String text -> add(8 + HEAD_BYTES + text.length());
      default -> {
        if (object.getClass().isArray()) {
          weighArray(object);
        } else if (object.getClass().getName().startsWith("io.surfacescan.")) {
          weighFields(object);
        } else {
          throw new AssertionError("of unknown weight: " + object.getClass());
        }
      }
    }
  }

  private void add(long content) {
    bytes += HEAD_BYTES + (content + 7) / 8 * 8;
  }

  private void weighArray(Object array) {
    Class<?> element = array.getClass().getComponentType();
    int length = Array.getLength(array);
    add((long) length * widthOf(element));
    if (!element.isPrimitive()) {
      for (Object held : (Object[]) array) {
        meet(held);
      }
    }
  }

  private void weighFields(Object object) {
    int width = 0;
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          width += widthOf(field.getType());
          if (!field.getType().isPrimitive()) {
            meet(valueOf(field, object));
          }
        }
      }
    }
    add(width);
  }

  private static @Nullable Object valueOf(Field field, Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static int widthOf(Class<?> type) {
    if (type == long.class || type == double.class) {
      return 8;
    }
    if (type == byte.class || type == boolean.class) {
      return 1;
    }
    return type == short.class || type == char.class ? 2 : 4;
  }
}

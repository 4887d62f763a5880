package io.surfacescan.importers.terraform;

import io.surfacescan.importers.json.SourceOffset;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a plan changes, applied to the same things as an export has them: a merge of three, where
/// what the plan leaves alone stays as the export has it.
///
/// Things are records. What stands in lists is matched by what identifies it, and the parts of a
/// record are merged one by one.
final class ResourceMerge {
  private final Function<Object, Object> identity;

  /// @param identity what tells a thing, or a part of one, from others of its kind
  ResourceMerge(Function<Object, Object> identity) {
    this.identity = identity;
  }

  /// The things of an export after a plan.
  ///
  /// @param before as the plan has them before it
  /// @param after as it has them after it
  <T> List<T> all(List<T> exported, List<T> before, List<T> after) {
    var was = byIdentity(before);
    var will = byIdentity(after);
    var met = new HashSet<Object>();
    var merged = new ArrayList<T>();
    for (T own : exported) {
      var key = identity.apply(own);
      T old = was.get(key);
      T now = will.get(key);
      met.add(key);
      if (now != null) {
        merged.add(one(own, old == null ? blank(now) : old, now));
      } else if (old == null) {
        merged.add(own);
      }
    }
    will.forEach((key, now) -> {
      T old = was.get(key);
      if (!met.contains(key) && (old == null || !isSame(old, now))) {
        merged.add(now);
      }
    });
    return merged;
  }

  private <T> Map<Object, T> byIdentity(List<T> things) {
    var found = new LinkedHashMap<Object, T>();
    things.forEach(thing -> found.putIfAbsent(identity.apply(thing), thing));
    return found;
  }

  @SuppressWarnings("unchecked") // What is merged is of the type of its three versions.
  private <T> T one(T own, T old, T now) {
    if (isSame(old, now)) {
      return own;
    }
    if (own instanceof List<?> list
        && old instanceof List<?> before
        && now instanceof List<?> after) {
      return (T) all((List<Object>) list, (List<Object>) before, (List<Object>) after);
    }
    boolean isOfOneKind = own.getClass() == old.getClass() && own.getClass() == now.getClass();
    return isOfOneKind && now instanceof Record ? record(own, old, now) : now;
  }

  /// A record with the parts that changed. It stands where the plan has it if anything did but what
  /// is listed in it.
  private <T> T record(T own, T old, T now) {
    var parts = now.getClass().getRecordComponents();
    boolean isMoved = false;
    for (RecordComponent part : parts) {
      isMoved |= !hasParts(of(part, now)) && !isSame(of(part, old), of(part, now));
    }
    var merged = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      merged[i] = part(of(parts[i], own), of(parts[i], old), of(parts[i], now), isMoved);
    }
    return made(now, merged);
  }

  private Object part(Object own, Object old, Object now, boolean isMoved) {
    if (isMoved && own instanceof SourceOffset) {
      return now;
    }
    boolean isPlaced = isMoved && own.getClass() == now.getClass() && spotOf(now) != null;
    return isPlaced ? placed(own, old, now) : one(own, old, now);
  }

  /// A head, at the place of the plan.
  private Object placed(Object own, Object old, Object now) {
    var parts = now.getClass().getRecordComponents();
    var merged = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      merged[i] = part(of(parts[i], own), of(parts[i], old), of(parts[i], now), true);
    }
    return made(now, merged);
  }

  private static @Nullable Object spotOf(Object some) {
    if (some instanceof Record) {
      for (RecordComponent part : some.getClass().getRecordComponents()) {
        if (part.getType() == SourceOffset.class) {
          return of(part, some);
        }
      }
    }
    return null;
  }

  private static boolean hasParts(Object some) {
    return some instanceof List<?> list && list.stream().anyMatch(each -> spotOf(each) != null);
  }

  /// The same without what it lists and says.
  private static <T> T blank(T some) {
    if (!(some instanceof Record)) {
      return some;
    }
    var parts = some.getClass().getRecordComponents();
    var blank = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      blank[i] =
          switch (of(parts[i], some)) {
            case List<?> ignored -> List.of();
            case Map<?, ?> ignored -> Map.of();
            case String ignored -> "";
            case Boolean ignored -> false;
            case Optional<?> ignored -> Optional.empty();
            case Object other -> other;
          };
    }
    return made(some, blank);
  }

  /// Whether two things say the same, wherever they stand.
  private static boolean isSame(Object one, Object other) {
    if (one instanceof List<?> list && other instanceof List<?> others) {
      boolean isSame = list.size() == others.size();
      for (int i = 0; isSame && i < list.size(); i++) {
        isSame = isSame(list.get(i), others.get(i));
      }
      return isSame;
    }
    if (one instanceof Record && one.getClass() == other.getClass()) {
      for (RecordComponent part : one.getClass().getRecordComponents()) {
        if (!isSame(of(part, one), of(part, other))) {
          return false;
        }
      }
      return true;
    }
    return one instanceof SourceOffset || one.equals(other);
  }

  private static Object of(RecordComponent part, Object some) {
    try {
      return Objects.requireNonNull(part.getAccessor().invoke(some));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("unchecked") // It is made by the constructor of the same record.
  private static <T> T made(T like, Object[] parts) {
    var types =
        Arrays.stream(like.getClass().getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return (T) like.getClass().getDeclaredConstructor(types).newInstance(parts);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}

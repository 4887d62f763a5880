package io.surfacescan.app;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What objects of Kubernetes look like, by the classes that are made from its OpenAPI schema for
/// clients: which fields there are, of what type, and which are required.
///
/// The classes are looked up by name and only looked at: what clients need besides is not there.
final class KubernetesModel {
  private static final String KUBERNETES = "io.kubernetes.client.openapi.models.V1";
  private static final Map<String, String> CLASSES =
      Map.of(
          "v1 Namespace", KUBERNETES + "Namespace",
          "v1 Service", KUBERNETES + "Service",
          "apps/v1 StatefulSet", KUBERNETES + "StatefulSet",
          "networking.k8s.io/v1 NetworkPolicy", KUBERNETES + "NetworkPolicy",
          "policy/v1 PodDisruptionBudget", KUBERNETES + "PodDisruptionBudget",
          "monitoring.coreos.com/v1 ServiceMonitor",
              "io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor");

  /// What is written as a number or a text.
  private static final Set<String> NUMBERS_OR_TEXTS = Set.of("IntOrString", "Quantity");

  private static final Set<String> TEXTS = Set.of("String", "OffsetDateTime");
  private static final Set<String> WHOLE_NUMBERS = Set.of("Integer", "Long");

  private final List<String> problems = new ArrayList<>();

  private KubernetesModel() {}

  /// What is wrong with an object, by the path of the field; empty if nothing is.
  static List<String> problems(Map<?, ?> manifest) {
    var model = new KubernetesModel();
    String kind = manifest.get("apiVersion") + " " + manifest.get("kind");
    String name = CLASSES.get(kind);
    if (name == null) {
      return List.of(kind + " is not known");
    }
    for (String field : List.of("apiVersion", "kind", "metadata", "spec")) {
      // A namespace may go without.
      if (!manifest.containsKey(field) && !(field.equals("spec") && name.endsWith("Namespace"))) {
        model.problems.add(field + " is missing");
      }
    }
    model.check("", manifest, classNamed(name));
    return List.copyOf(model.problems);
  }

  private static Class<?> classNamed(String name) {
    try {
      return Class.forName(name, false, KubernetesModel.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name, e);
    }
  }

  private void check(String path, @Nullable Object value, Type type) {
    if (type instanceof ParameterizedType of) {
      checkMany(path, value, of);
      return;
    }
    var is = (Class<?>) type;
    String name = is.getSimpleName();
    if (NUMBERS_OR_TEXTS.contains(name)) {
      expect(value instanceof String || value instanceof Number, path, value, name);
    } else if (TEXTS.contains(name)) {
      expect(value instanceof String, path, value, name);
    } else if (WHOLE_NUMBERS.contains(name)) {
      expect(value instanceof Integer || value instanceof Long, path, value, name);
    } else if (name.equals("Boolean")) {
      expect(value instanceof Boolean, path, value, name);
    } else if (value instanceof Map<?, ?> object && is.getPackageName().contains(".model")) {
      checkObject(path, object, is);
    } else {
      expect(false, path, value, name);
    }
  }

  private void checkMany(String path, @Nullable Object value, ParameterizedType type) {
    Type[] of = type.getActualTypeArguments();
    if (of.length == 1 && value instanceof List<?> values) {
      for (int i = 0; i < values.size(); i++) {
        check(path + "[" + i + "]", values.get(i), of[0]);
      }
    } else if (of.length == 2 && value instanceof Map<?, ?> entries) {
      entries.forEach((key, entry) -> {
        expect(key instanceof String, path, key, "String");
        check(path + "." + key, entry, of[1]);
      });
    } else {
      expect(false, path, value, type.getTypeName());
    }
  }

  private void checkObject(String path, Map<?, ?> object, Class<?> is) {
    var fields = fields(is);
    object.forEach((key, value) -> {
      Type type = fields.get(String.valueOf(key));
      if (type == null) {
        problems.add(path + "." + key + " is no field of " + is.getSimpleName());
      } else {
        check(path + "." + key, value, type);
      }
    });
    var missing = new TreeSet<>(required(is));
    object.keySet().forEach(key -> missing.remove(String.valueOf(key)));
    missing.forEach(field -> problems.add(path + "." + field + " is missing"));
  }

  private void expect(boolean met, String path, @Nullable Object value, String type) {
    if (!met) {
      problems.add(path + " is " + value + " and not of " + type);
    }
  }

  /// The types of the fields by the names that they have in documents.
  private static Map<String, Type> fields(Class<?> is) {
    var fields = new TreeMap<String, Type>();
    for (Field field : is.getDeclaredFields()) {
      Arrays.stream(field.getAnnotations())
          .filter(a ->
              List.of("SerializedName", "JsonProperty")
                  .contains(a.annotationType().getSimpleName()))
          .map(KubernetesModel::value)
          .forEach(name -> fields.put(name, field.getGenericType()));
    }
    return fields;
  }

  private static String value(Object annotation) {
    try {
      var value = annotation.getClass().getMethod("value");
      return String.valueOf(value.invoke(annotation));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(annotation.toString(), e);
    }
  }

  /// Classes of the Prometheus Operator's objects do not say what is required.
  private static Set<String> required(Class<?> is) {
    var required = new TreeSet<String>();
    for (Field field : is.getDeclaredFields()) {
      if (field.getName().equals("openapiRequiredFields")) {
        try {
          ((Set<?>) field.get(null)).forEach(name -> required.add(String.valueOf(name)));
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
      }
    }
    return required;
  }
}

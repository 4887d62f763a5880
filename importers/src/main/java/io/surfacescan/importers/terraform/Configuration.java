package io.surfacescan.importers.terraform;

import io.surfacescan.importers.terraform.ResourceAddress.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The configuration that a plan was made from, as far as the plan holds it: expressions as the
/// names that they refer to.
///
/// @param variables the values of the root module's variables
record Configuration(JsonValue rootModule, JsonValue variables, Map<String, Module> known) {
  /// A module as it is written, whatever its instances.
  ///
  /// @param call how the module that calls it does; nothing for the root module
  record Module(JsonValue written, JsonValue call, Map<String, JsonValue> resources) {
    static Module of(JsonValue written, JsonValue call) {
      var resources = new HashMap<String, JsonValue>();
      for (JsonValue resource : written.get("resources").list()) {
        resources.put(resource.get("address").text(), resource);
      }
      return new Module(written, call, resources);
    }

    JsonValue resource(String address) {
      return resources.getOrDefault(address, JsonValue.NOTHING);
    }

    JsonValue output(String name) {
      return written.get("outputs").get(name).get("expression");
    }
  }

  static Configuration of(JsonValue plan) {
    return new Configuration(
        plan.get("configuration").get("root_module"), plan.get("variables"), new HashMap<>());
  }

  boolean isKnown() {
    return rootModule.isObject();
  }

  /// The module of a module instance.
  Module module(String instance) {
    var found = known.get(instance);
    if (found == null) {
      found = find(ResourceAddress.steps(instance));
      known.put(instance, found);
    }
    return found;
  }

  private Module find(List<Step> steps) {
    var written = rootModule;
    var call = JsonValue.NOTHING;
    for (int i = 1; i < steps.size(); i += 2) {
      call = written.get("module_calls").get(steps.get(i).name());
      written = call.get("module");
    }
    return Module.of(written, call);
  }

  /// What is written of a resource.
  JsonValue resource(ResourceAddress address) {
    return module(address.module()).resource(address.inConfiguration());
  }
}

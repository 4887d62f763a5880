package io.surfacescan.questions;

import io.surfacescan.engine.Exposure;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Parameter.Vm;
import java.util.List;
import java.util.Optional;

/// What a VM is and how exposed it is.
public final class VmQuestion implements Question {
  /// The one VM that a question is about.
  static final Parameter VM =
      new Parameter("vm_id", new Vm("name", Optional.empty(), true, false), "The VM").asRequired();

  /// A VM with its exposure.
  public record Found(Environment environment, Exposure exposure) implements Answer {}

  @Override
  public String name() {
    return "vm";
  }

  @Override
  public String sentence() {
    return "Show a VM: its tags, how many can attack it and how many it can attack.";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(VM);
  }

  @Override
  public List<String> remarks() {
    return List.of("Example: surfacescan vm --data prod.json vm-a211de");
  }

  @Override
  public Cost cost() {
    return Cost.QUICK;
  }

  @Override
  public boolean isStoppable() {
    return false;
  }

  @Override
  public Answer answer(Context context) throws QuestionRefused {
    int vm = context.vm(VM);
    var exposure =
        context
            .compiled()
            .exposuresFound()
            .map(all -> all.of(vm))
            .orElseGet(() -> Exposure.of(context.graph(), vm));
    return new Found(context.environment(), exposure);
  }
}

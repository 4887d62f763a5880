package io.surfacescan.service.answers;

import io.surfacescan.engine.AttackRoutes.Conditions;
import io.surfacescan.engine.Exclusions;
import io.surfacescan.model.Environment;
import io.surfacescan.questions.Subject;
import io.surfacescan.report.SubjectPath;
import io.surfacescan.report.format.Format;
import io.surfacescan.service.exchange.Query;
import io.surfacescan.service.exchange.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// `GET /path`: shortest ways from one VM or group to another.
final class PathQuestion implements Question {
  private static final String LIMIT = "limit";
  private static final String AVOID_RULE = "avoid_rule";
  private static final String AVOID_TAG = "avoid_tag";
  private static final int LIMIT_MOST = 100;

  @Override
  public Set<String> parameters() {
    return VmParameter.names(
        List.of(VmParameter.FROM, VmParameter.TO, VmParameter.VIA), LIMIT, AVOID_RULE, AVOID_TAG);
  }

  @Override
  public Set<String> repeatable() {
    return Set.of(AVOID_RULE, AVOID_TAG);
  }

  @Override
  public List<VmParameter> required() {
    return List.of(VmParameter.FROM, VmParameter.TO);
  }

  @Override
  public QueryCost effort() {
    return QueryCost.QUICK;
  }

  @Override
  public List<Format> forms() {
    return Format.all();
  }

  @Override
  public String smaller() {
    return "Ask for fewer routes, or have the service started with a larger --time-limit.";
  }

  @Override
  public Answer answer(QuestionRequest asked) throws Refusal {
    var query = asked.query();
    int limit = query.positive(LIMIT, LIMIT_MOST).orElse(1);
    var from = VmParameter.FROM.subject(asked);
    var to = VmParameter.TO.subject(asked);
    if (from instanceof Subject.One && from.equals(to)) {
      throw invalid("The parameters from and to are one VM, and no VM attacks itself.");
    }
    var via =
        VmParameter.VIA.isGiven(query)
            ? OptionalInt.of(VmParameter.VIA.vm(asked))
            : OptionalInt.empty();
    if (via.isPresent() && (isVm(from, via.getAsInt()) || isVm(to, via.getAsInt()))) {
      throw invalid("The parameter via is where every path starts or ends; leave it out.");
    }
    var environment = asked.graph().environment();
    var avoided =
        Exclusions.of(
            asked.graph(), rulesToAvoid(query, environment), tagsToAvoid(query, environment));
    var conditions = new Conditions(avoided, via);
    return Answer.of(SubjectPath.of(asked.graph(), from, to, conditions, limit, asked.deadline()));
  }

  private static boolean isVm(Subject subject, int vm) {
    return subject instanceof Subject.One(int one) && one == vm;
  }

  private static List<Integer> rulesToAvoid(Query query, Environment environment) throws Refusal {
    var avoided = new ArrayList<Integer>();
    for (String id : query.texts(AVOID_RULE)) {
      var rules = environment.rulesWithId(id);
      if (rules.isEmpty()) {
        throw invalid("No rule has the fw_id " + Query.shown(id) + "; ids are exact.");
      }
      avoided.addAll(rules);
    }
    return avoided;
  }

  private static List<Integer> tagsToAvoid(Query query, Environment environment) throws Refusal {
    var avoided = new ArrayList<Integer>();
    for (String tag : query.texts(AVOID_TAG)) {
      var found = environment.findTag(tag);
      if (found.isEmpty()) {
        throw invalid("No VM and no rule has the tag " + Query.shown(tag) + "; tags are exact.");
      }
      avoided.add(found.getAsInt());
    }
    return avoided;
  }

  private static Refusal invalid(String detail) {
    return new Refusal(Refusal.Kind.INVALID_PARAMETER, detail);
  }
}

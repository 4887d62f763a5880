package io.surfacescan.questions.arguments;

import io.surfacescan.model.VmKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// A parameter of a question, as data: the flags, the parameters over HTTP, the description of that
/// interface and the tables in the docs are made of it.
///
/// @param name as in a URL; the flag has hyphens for its underscores
/// @param sentence what it means, without a full stop
/// @param label what stands for its value in help
/// @param olderNames names that it had before, taken and not shown
/// @param unlessGiven what holds without it; empty if that needs no words
public record Parameter(
    String name,
    Type type,
    String sentence,
    String label,
    Set<Mark> marks,
    List<String> olderNames,
    String unlessGiven) {
  /// What is special about a parameter.
  public enum Mark {
    /// There is no question without it.
    REQUIRED,
    /// It may be given several times.
    REPEATABLE,
    /// It is taken and not shown, as what another parameter has replaced.
    HIDDEN
  }

  /// What the value of a parameter is.
  ///
  /// It says of itself what help needs: every start of the program asks for that, and a switch over
  /// types takes its time the first time.
  public sealed interface Type {
    /// What stands for the value of a parameter of a name.
    String label(String name);

    /// What holds without it, in words; empty if that needs no words.
    ///
    /// @param otherwise what the parameter says of itself
    default String usual(boolean served, String otherwise) {
      return otherwise;
    }
  }

  /// The end of an attack at which a VM stands, which says what an address outside means: where
  /// attacks come from, or where they go to.
  public enum Role {
    /// Also where it does not matter.
    ATTACKER(VmKind.EXTERNAL, VmKind.EXTERNAL_SINK),
    TARGET(VmKind.EXTERNAL_SINK, VmKind.EXTERNAL);

    private final VmKind meant;
    private final VmKind otherwise;

    Role(VmKind meant, VmKind otherwise) {
      this.meant = meant;
      this.otherwise = otherwise;
    }

    /// The kinds that an address outside may stand for, the one that is meant first.
    List<VmKind> outside() {
      return List.of(meant, otherwise);
    }
  }

  /// A VM or, where that may be, a group.
  ///
  /// @param byName the parameter of a URL that gives the name in place of the id
  /// @param byTag the one that gives a tag for a group; empty if only one VM may be named
  /// @param argument whether the command line takes it without a flag
  /// @param several whether the command line takes several, each with its own answer
  public record Vm(
      String byName, Optional<String> byTag, boolean argument, boolean several, Role role)
      implements Type {
    public Vm(String byName, Optional<String> byTag, boolean argument, boolean several) {
      this(byName, byTag, argument, several, Role.ATTACKER);
    }

    public Vm as(Role other) {
      return new Vm(byName, byTag, argument, several, other);
    }

    @Override
    public String label(String name) {
      return argument && !name.equals("vm_id") ? name.toUpperCase(Locale.ROOT) : "VM";
    }
  }

  /// A whole number.
  ///
  /// @param servedMost the most over HTTP, where one answer must not cost others too much
  /// @param usual what holds without it
  /// @param servedUsual what holds without it over HTTP, if that is another number
  public record Count(
      int least, int most, int servedMost, OptionalInt usual, OptionalInt servedUsual)
      implements Type {
    private static final int ANY = Integer.MAX_VALUE;

    @Override
    public String label(String name) {
      return "N";
    }

    @Override
    public String usual(boolean served, String otherwise) {
      var number = usual(served);
      return number.isPresent() ? Integer.toString(number.getAsInt()) : otherwise;
    }

    public static Count from(int least) {
      return new Count(least, ANY, ANY, OptionalInt.empty(), OptionalInt.empty());
    }

    public Count to(int bound) {
      return new Count(least, bound, bound, usual, servedUsual);
    }

    public Count servedTo(int bound) {
      return new Count(least, most, bound, usual, servedUsual);
    }

    public Count usually(int number) {
      return new Count(least, most, servedMost, OptionalInt.of(number), servedUsual);
    }

    public Count servedUsually(int number) {
      return new Count(least, most, servedMost, usual, OptionalInt.of(number));
    }

    /// The most that it may be.
    ///
    /// @param served whether over HTTP
    public int most(boolean served) {
      return served ? servedMost : most;
    }

    /// What holds without it, as [#most].
    public OptionalInt usual(boolean served) {
      return served && servedUsual.isPresent() ? servedUsual : usual;
    }
  }

  /// Yes or no; no unless it is given.
  public record Flag() implements Type {
    @Override
    public String label(String name) {
      return "";
    }
  }

  /// One of some words, which are the constants of an enum in lower case with hyphens. The first
  /// holds unless it is given.
  ///
  /// @param words each with a remark for help, which may be empty
  /// @param olderWords words that are taken and not shown
  public record Choice(Map<Enum<?>, String> words, Map<String, Enum<?>> olderWords)
      implements Type {
    @Override
    public String label(String name) {
      return name.equals("sort") ? "ORDER" : name.toUpperCase(Locale.ROOT);
    }

    @Override
    public String usual(boolean served, String otherwise) {
      return word(usual());
    }

    public static Choice of(Enum<?> usual) {
      return of(usual, "");
    }

    public static Choice of(Enum<?> usual, String remark) {
      return new Choice(Map.of(), Map.of()).or(usual, remark);
    }

    public Choice or(Enum<?> word) {
      return or(word, "");
    }

    public Choice or(Enum<?> word, String remark) {
      var more = new LinkedHashMap<>(words);
      more.put(word, remark);
      return new Choice(more, olderWords);
    }

    public Choice formerly(String older, Enum<?> word) {
      return new Choice(words, Map.of(older, word));
    }

    public Enum<?> usual() {
      return words.keySet().iterator().next();
    }

    public List<String> shown() {
      return words.keySet().stream().map(Choice::word).toList();
    }

    /// What a word means; empty if it is none of them.
    public Optional<Enum<?>> meant(String word) {
      var older = olderWords.get(word);
      return older != null
          ? Optional.of(older)
          : words.keySet().stream().filter(known -> word(known).equals(word)).findFirst();
    }

    private static String word(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String explained() {
      return words.entrySet().stream()
          .map(word ->
              word(word.getKey()) + (word.getValue().isEmpty() ? "" : " (" + word.getValue() + ")"))
          .collect(Collectors.joining(", "));
    }
  }

  /// Any text but an empty one.
  ///
  /// @param argument whether the command line takes it without a flag
  public record Text(boolean argument) implements Type {
    public Text() {
      this(false);
    }

    public static Text asArgument() {
      return new Text(true);
    }

    @Override
    public String label(String name) {
      return "PART";
    }
  }

  /// A tag that is in the environment.
  public record Tag() implements Type {
    @Override
    public String label(String name) {
      return "TAG";
    }
  }

  /// The id of rules that are in the environment.
  public record Rule() implements Type {
    @Override
    public String label(String name) {
      return "ID";
    }
  }

  public Parameter {
    olderNames = List.copyOf(olderNames);
  }

  public Parameter(String name, Type type, String sentence) {
    this(name, type, sentence, type.label(name), Set.of(), List.of(), "");
  }

  /// That of the name, which tells parameters of a question apart: they are looked up at each
  /// request.
  @Override
  public int hashCode() {
    return name.hashCode();
  }

  public Parameter labelled(String other) {
    return new Parameter(name, type, sentence, other, marks, olderNames, unlessGiven);
  }

  public Parameter as(Mark mark) {
    return new Parameter(name, type, sentence, label, Set.of(mark), olderNames, unlessGiven);
  }

  public Parameter formerly(String older) {
    return new Parameter(name, type, sentence, label, marks, List.of(older), unlessGiven);
  }

  public Parameter unless(String holds) {
    return new Parameter(name, type, sentence, label, marks, olderNames, holds);
  }

  public boolean is(Mark mark) {
    return marks.contains(mark);
  }

  /// The names under which it may stand in a URL, but for older ones. A VM has one for its id, one
  /// for its name and perhaps one for a tag of a group.
  public List<String> urlNames() {
    var names = new ArrayList<>(List.of(name));
    if (type instanceof Vm vm) {
      names.add(vm.byName);
      vm.byTag.ifPresent(names::add);
    }
    return names;
  }

  /// Whether the command line takes it without a flag.
  public boolean isArgument() {
    return (type instanceof Vm vm && vm.argument) || (type instanceof Text text && text.argument);
  }

  /// The flag of the command line.
  public String flag() {
    return flag(name);
  }

  /// The flag for one of its names.
  public static String flag(String name) {
    return "--" + name.replace('_', '-');
  }

  /// What it means, in sentences.
  ///
  /// @param detail what follows the first one, such as how a VM is named
  /// @param served whether over HTTP, where other bounds may hold
  public String meaning(String detail, boolean served) {
    var words = new StringBuilder(sentence).append(detail);
    if (type instanceof Choice choice) {
      words.append(": ").append(choice.explained());
    }
    String bounds = bounds(served);
    return words.append(bounds.isEmpty() ? "." : ". " + bounds + ".").toString();
  }

  /// What holds without it and how large it may be, in words; empty if there is nothing to say.
  ///
  /// @param served as in [#meaning]
  public String bounds(boolean served) {
    var bounds = new ArrayList<String>();
    String usual = type.usual(served, unlessGiven);
    if (!usual.isEmpty()) {
      bounds.add("Default: " + usual);
    }
    if (type instanceof Count count && count.most(served) < Count.ANY) {
      bounds.add((bounds.isEmpty() ? "At most " : "at most ") + count.most(served));
    }
    return String.join("; ", bounds);
  }
}

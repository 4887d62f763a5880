package io.surfacescan.report.format;

import io.surfacescan.model.Environment;
import io.surfacescan.model.Texts;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The columns of a table, or the members of an object, with their order. They are added one by one
/// before the first row is written, and only read afterwards.
///
/// Names of VMs came late, so CSV has them after the columns that were there before.
///
/// @param <R> what a row is made from
public final class Columns<R> {
  /// Writes one JSON value.
  @FunctionalInterface
  public interface JsonBytes<R> {
    void write(R row, OutputStream out) throws IOException;
  }

  private final List<Column<R>> json = new ArrayList<>();
  private final List<Column<R>> csv = new ArrayList<>();

  /// How many of those in CSV are to stay behind all others.
  private int lastInCsv;

  private boolean forJson = true;
  private boolean forCsv = true;
  private @Nullable Predicate<R> when;

  List<Column<R>> json() {
    return json;
  }

  List<Column<R>> csv() {
    return csv;
  }

  /// Columns of JSON alone.
  public Columns<R> inJson(Consumer<Columns<R>> some) {
    forCsv = false;
    some.accept(this);
    forCsv = true;
    return this;
  }

  /// Columns of CSV alone.
  public Columns<R> inCsv(Consumer<Columns<R>> some) {
    forJson = false;
    some.accept(this);
    forJson = true;
    return this;
  }

  /// Columns of some rows alone.
  public Columns<R> only(Predicate<R> rows, Consumer<Columns<R>> some) {
    var before = when;
    when = rows;
    some.accept(this);
    when = before;
    return this;
  }

  private Columns<R> add(String name, Column.Content<R> content) {
    return add(name, content, false);
  }

  private Columns<R> add(String name, Column.Content<R> content, boolean isLast) {
    var column = Column.of(name, when, content);
    if (forJson) {
      json.add(column);
    }
    if (forCsv) {
      csv.add(isLast ? csv.size() : csv.size() - lastInCsv, column);
      lastInCsv += isLast ? 1 : 0;
    }
    return this;
  }

  Columns<R> value(String name, BiConsumer<R, Cell> give) {
    return add(name, new Column.Value<>(give));
  }

  public Columns<R> text(String name, Function<R, String> text) {
    return value(name, (row, cell) -> cell.text(text.apply(row)));
  }

  /// A text by its index.
  public Columns<R> text(String name, Texts texts, ToIntFunction<R> index) {
    return value(name, (row, cell) -> cell.text(texts, index.applyAsInt(row)));
  }

  public Columns<R> textOrNone(String name, Function<R, Optional<String>> text) {
    return add(name, optional(text));
  }

  private static <R> Column.Content<R> optional(Function<R, Optional<String>> text) {
    return new Column.Value<>(
        (row, cell) -> text.apply(row).ifPresentOrElse(cell::text, cell::none));
  }

  /// A name, which CSV has after all other columns.
  public Columns<R> lastName(String name, Function<R, Optional<String>> text) {
    return add(name, optional(text), true);
  }

  public Columns<R> texts(String name, Function<R, List<String>> texts) {
    return value(name, (row, cell) -> cell.texts(texts.apply(row)::forEach));
  }

  /// A list of texts that are made one by one.
  public Columns<R> eachText(String name, BiConsumer<R, Consumer<String>> texts) {
    return value(name, (row, cell) -> cell.texts(each -> texts.accept(row, each)));
  }

  public Columns<R> number(String name, ToLongFunction<R> number) {
    return value(name, (row, cell) -> cell.number(number.applyAsLong(row)));
  }

  public Columns<R> numberOrNone(String name, Function<R, OptionalLong> number) {
    return value(name, (row, cell) -> number.apply(row).ifPresentOrElse(cell::number, cell::none));
  }

  public Columns<R> intOrNone(String name, Function<R, OptionalInt> number) {
    return value(name, (row, cell) -> number.apply(row).ifPresentOrElse(cell::number, cell::none));
  }

  public Columns<R> decimal(String name, Function<R, BigDecimal> number) {
    return value(name, (row, cell) -> cell.number(number.apply(row)));
  }

  public Columns<R> truth(String name, Predicate<R> truth) {
    return value(name, (row, cell) -> cell.truth(truth.test(row)));
  }

  public <E> Columns<R> object(String name, Columns<E> columns, Function<R, E> element) {
    return add(name, new Column.One<>(columns, row -> element.apply(row)));
  }

  public <E> Columns<R> objectOrNone(
      String name, Columns<E> columns, Function<R, Optional<E>> element) {
    return add(name, new Column.One<>(columns, row -> element.apply(row).orElse(null)));
  }

  /// The columns of a part of the row, as if they were its own.
  public <E> Columns<R> inline(Columns<E> columns, Function<R, E> element) {
    return add("", new Column.Inline<>(columns, element));
  }

  public <E> Columns<R> list(String name, Columns<E> columns, Function<R, List<E>> elements) {
    return stream(name, columns, (row, each) -> elements.apply(row).forEach(each));
  }

  /// A list whose elements are made one by one.
  public <E> Columns<R> stream(
      String name, Columns<E> columns, BiConsumer<R, Consumer<E>> elements) {
    return add(name, new Column.Many<>(columns, elements));
  }

  /// The columns of the elements of a list, of which CSV has a row each.
  public <E> Columns<R> eachOf(Columns<E> columns, BiConsumer<R, Consumer<E>> elements) {
    return stream("", columns, elements);
  }

  /// A value that is there as JSON.
  public Columns<R> bytes(String name, JsonBytes<R> json) {
    return add(name, new Column.Bytes<>(json));
  }

  /// A VM: its `vm_id` and `name`, the name none if it has none.
  public Columns<R> vm(Environment environment, ToIntFunction<R> vm) {
    return vm("vm_id", "name", environment, vm);
  }

  /// A VM by its id, and beside it `…_name`, none if it has none.
  public Columns<R> vm(String member, Environment environment, ToIntFunction<R> vm) {
    return vm(member, member + "_name", environment, vm);
  }

  private Columns<R> vm(String id, String name, Environment environment, ToIntFunction<R> vm) {
    return text(id, environment.vmIds(), vm)
        .add(
            name,
            new Column.Value<>((row, cell) -> name(cell, environment, vm.applyAsInt(row))),
            true);
  }

  private static void name(Cell cell, Environment environment, int vm) {
    var names = environment.vmNames();
    if (names.start(vm) < names.end(vm)) {
      cell.text(names, vm);
    } else {
      environment.vmName(vm).ifPresentOrElse(cell::text, cell::none);
    }
  }

  /// The name of a VM, none if it has none, beside what comes before it.
  public Columns<R> name(Environment environment, ToIntFunction<R> vm) {
    return value("name", (row, cell) -> name(cell, environment, vm.applyAsInt(row)));
  }

  /// The list `rules`.
  public Columns<R> rules(Environment environment, Function<R, List<Integer>> rules) {
    return stream(
        "rules",
        Rules.columns(environment),
        (row, each) ->
            rules.apply(row).forEach(rule -> each.accept(new Rules.Rule(environment, rule))));
  }
}

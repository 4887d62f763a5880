package io.surfacescan.spark;

import static org.apache.spark.sql.functions.col;

import io.surfacescan.spark.JobRefused.Reason;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/// `--split`: classes that no chain of rules and VMs joins are answered for by engines of their
/// own, one to a task.
///
/// Attacks stay within a weakly connected component of tags: a rule joins its two tags, and a class
/// joins all of its. So each component has its answers by itself. Small ones share an engine. The
/// driver holds tags and rules alone.
final class SplitFleet {
  /// Small components are put together up to so many classes.
  private static final int CLASSES_WORTH_A_TASK = 20_000;

  /// A class without a tag that a rule names: nothing attacks it, and it attacks nothing.
  private static final int NO_ENGINE = -1;

  private static final StructType ASSIGNED =
      new StructType()
          .add("engine", DataTypes.IntegerType, false)
          .add("key", DataTypes.BinaryType, false)
          .add("count", DataTypes.LongType, false);

  static final StructType RESULTS =
      new StructType(
          java.util.stream.Stream.concat(
                  java.util.stream.Stream.of(
                      new StructType().add("class_key", DataTypes.BinaryType, false).fields()),
                  Arrays.stream(ClassResults.NUMBERS.fields()))
              .toArray(org.apache.spark.sql.types.StructField[]::new));

  private final SparkSession spark;
  private final NamedTags named;
  private final RulePairs rules;
  private final Set<String> targets;
  private final int classesMost;
  private final JoinedTags joined;

  /// @param classes rows of a key and its number of VMs
  /// @param classesMost the most classes of one engine
  SplitFleet(
      SparkSession spark,
      Dataset<Row> classes,
      NamedTags named,
      RulePairs rules,
      Set<String> targets,
      int classesMost) {
    this.spark = spark;
    this.named = named;
    this.rules = rules;
    this.targets = targets;
    this.classesMost = classesMost;
    this.joined = joined(classes);
  }

  private JoinedTags joined(Dataset<Row> classes) {
    var all =
        classes
            .select("key")
            .javaRDD()
            .treeAggregate(
                new JoinedTags(named.count()),
                (tags, row) -> tags.addClass(NamedTags.Read.of(row.<byte[]>getAs(0)).tags()),
                JoinedTags::addAll);
    for (int rule = 0; rule < rules.count(); rule++) {
      // A rule on a tag that no VM carries leads nowhere.
      if (all.isCarried(rules.sources()[rule]) && all.isCarried(rules.dests()[rule])) {
        all.join(rules.sources()[rule], rules.dests()[rule]);
      }
    }
    return all;
  }

  long phantomTags() {
    long phantoms = 0;
    for (int tag = 0; tag < named.count(); tag++) {
      phantoms += joined.isCarried(tag) ? 0 : 1;
    }
    return phantoms;
  }

  /// The numbers of all classes: rows of [#RESULTS].
  ///
  /// @param keeping keeps rows that are used twice
  Dataset<Row> results(Dataset<Row> classes, UnaryOperator<Dataset<Row>> keeping)
      throws JobRefused {
    int[] rootOfTag = new int[named.count()];
    Arrays.setAll(rootOfTag, joined::root);
    int[] engineOfTag = engines(classes, rootOfTag);
    var work = new Work(named, rules, engineOfTag, targets);
    var sent = JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(work);
    var results =
        keeping.apply(
            assigned(classes, engineOfTag)
                .groupByKey((MapFunction<Row, Integer>) row -> row.getInt(0), Encoders.INT())
                .flatMapGroups(new Engine(sent), Encoders.row(RESULTS)));
    results.count();
    return results;
  }

  /// Per tag, the number of the engine that answers for its component.
  private int[] engines(Dataset<Row> classes, int[] rootOfTag) throws JobRefused {
    var sizes =
        assigned(classes, rootOfTag).groupBy("engine").count().orderBy("engine").collectAsList();
    int[] engineOfRoot = new int[named.count()];
    int engine = 0;
    long size = 0;
    for (var component : sizes) {
      if (component.getInt(0) == NO_ENGINE) {
        continue;
      }
      long more = component.getLong(1);
      if (more > classesMost) {
        throw new JobRefused(
            Reason.INPUT,
            String.format(
                "%,d classes are joined by rules, more than --max-classes %,d", more, classesMost),
            "allow more, with more memory for the executors, about 1 KB a class");
      }
      if (size > 0 && size + more > CLASSES_WORTH_A_TASK) {
        engine++;
        size = 0;
      }
      engineOfRoot[component.getInt(0)] = engine;
      size += more;
    }
    int[] engineOfTag = new int[rootOfTag.length];
    Arrays.setAll(engineOfTag, tag -> engineOfRoot[rootOfTag[tag]]);
    return engineOfTag;
  }

  private Dataset<Row> assigned(Dataset<Row> classes, int[] engineOfTag) {
    var sent = JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(engineOfTag);
    return classes
        .select("key", "count")
        .map((MapFunction<Row, Row>) row -> assigned(row, sent.value()), Encoders.row(ASSIGNED));
  }

  private static Row assigned(Row row, int[] engineOfTag) {
    int[] tags = NamedTags.Read.of(row.<byte[]>getAs(0)).tags();
    int engine = tags.length == 0 ? NO_ENGINE : engineOfTag[tags[0]];
    return RowFactory.create(engine, row.getAs(0), row.getLong(1));
  }

  /// What every engine needs.
  private record Work(NamedTags named, RulePairs rules, int[] engineOfTag, Set<String> targets)
      implements Serializable {}

  private record Engine(Broadcast<Work> sent) implements FlatMapGroupsFunction<Integer, Row, Row> {
    @Override
    public Iterator<Row> call(Integer engine, Iterator<Row> classes) {
      if (engine == NO_ENGINE) {
        return new Untouched(classes);
      }
      var work = sent.value();
      var fleet = new FleetClasses(work.named);
      while (classes.hasNext()) {
        var row = classes.next();
        fleet.add(row.<byte[]>getAs(1), row.getLong(2));
      }
      var here = new RulesHere(work, engine);
      int[] targets =
          work.targets.stream()
              .flatMap(id -> fleet.alone(id).stream())
              .mapToInt(each -> each)
              .toArray();
      var results = fleet.results(here.pairs(), targets);
      var rows = new ArrayList<Row>(results.size());
      for (int number = 0; number < results.size(); number++) {
        rows.add(row(results.key(number), results.numbers(number)));
      }
      return rows.iterator();
    }
  }

  private static Row row(byte[] key, Object[] numbers) {
    var values = new Object[1 + numbers.length];
    values[0] = key;
    System.arraycopy(numbers, 0, values, 1, numbers.length);
    return RowFactory.create(values);
  }

  private record RulesHere(Work work, int engine) {
    RulePairs pairs() {
      int[] here =
          java.util.stream.IntStream.range(0, work.rules.count())
              .filter(rule ->
                  work.engineOfTag[work.rules.sources()[rule]] == engine
                      && work.engineOfTag[work.rules.dests()[rule]] == engine)
              .toArray();
      return new RulePairs(
          Arrays.stream(here).map(rule -> work.rules.sources()[rule]).toArray(),
          Arrays.stream(here).map(rule -> work.rules.dests()[rule]).toArray());
    }
  }

  private record Untouched(Iterator<Row> classes) implements Iterator<Row> {
    @Override
    public boolean hasNext() {
      return classes.hasNext();
    }

    @Override
    public Row next() {
      return row(classes.next().<byte[]>getAs(1), ClassResults.NOTHING.clone());
    }
  }

  /// The rows of VMs with the numbers of their classes.
  ///
  /// @param results of all classes; a VM without one fails the job, for it was not there before
  static Dataset<Row> joined(Dataset<Row> vms, Dataset<Row> results) {
    var names = new ArrayList<>(List.of("vm_id", "name", "kind", "scope"));
    var columns = new ArrayList<org.apache.spark.sql.Column>();
    names.forEach(name -> columns.add(col(name)));
    for (var name : ClassResults.NUMBERS.fieldNames()) {
      columns.add(col(name));
    }
    return vms.join(results, col("key").equalTo(col("class_key")), "left")
        .select(columns.toArray(org.apache.spark.sql.Column[]::new))
        .map(
            (MapFunction<Row, Row>)
                row -> {
                  if (row.isNullAt(4)) {
                    throw new IllegalStateException("a VM was not there when the VMs were grouped");
                  }
                  var numbers = new Object[ClassResults.NUMBERS.length()];
                  Arrays.setAll(numbers, i -> row.get(4 + i));
                  return ClassResults.row(row, numbers);
                },
            Encoders.row(ReportJob.ROWS));
  }
}

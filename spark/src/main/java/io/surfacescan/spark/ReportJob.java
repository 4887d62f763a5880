package io.surfacescan.spark;

import static org.apache.spark.sql.functions.col;

import io.surfacescan.model.Environment;
import io.surfacescan.model.ProblemKind;
import io.surfacescan.model.VmKind;
import io.surfacescan.spark.JobRefused.Reason;
import io.surfacescan.spark.ReadRows.Spot;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/// `report`: a row for each VM, with the numbers of `surfacescan report`.
final class ReportJob {
  /// The rows written to `vms`.
  static final StructType ROWS =
      new StructType()
          .add("vm_id", DataTypes.StringType, false)
          .add("name", DataTypes.StringType)
          .add(ClassResults.NUMBERS.fields()[0])
          .add(ClassResults.NUMBERS.fields()[1])
          .add(ClassResults.NUMBERS.fields()[2])
          .add(ClassResults.NUMBERS.fields()[3])
          .add(ClassResults.NUMBERS.fields()[4])
          .add("kind", DataTypes.StringType, false)
          .add("scope", DataTypes.StringType)
          .add(ClassResults.NUMBERS.fields()[5])
          .add(ClassResults.NUMBERS.fields()[6]);

  /// More classes than this come to the driver part by part.
  private static final int CLASSES_AT_ONCE = 100_000;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final JobOptions options;
  private final PrintStream log;
  private final JobOutput output;
  private final List<Dataset<?>> kept = new ArrayList<>();

  ReportJob(SparkSession spark, JobOptions options, PrintStream log) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.options = options;
    this.log = log;
    this.output = new JobOutput(spark, options.out(), options.one("partition"));
  }

  /// @return the exit code
  int run() throws IOException, JobRefused {
    try {
      return answer();
    } catch (ArithmeticException e) {
      throw new JobRefused(
          Reason.INPUT,
          "the fleet has more VMs or classes than can be counted: " + e.getMessage(),
          "divide it");
    } finally {
      kept.forEach(each -> each.unpersist(false));
    }
  }

  private int answer() throws IOException, JobRefused {
    var rules = RulesFile.read(options.rules(), context.hadoopConfiguration());
    var named = NamedTags.of(rules.rules());
    var reading = context.broadcast(new ReadRows(named, Set.copyOf(options.all("target"))));

    stage("reading");
    var read = keep(VmInput.of(spark, options.all("vms")).rows(reading));
    // All tasks at once; what follows reads what is kept.
    log.printf("%,d rows%n", read.count());
    var problems = new FleetProblems(spark, output, log);
    problems.add(spark.createDataFrame(rules.problems(), ReadRows.SCHEMA));
    problems.add(read.filter(col("problem").isNotNull()));
    var vms = read.filter(col("problem").isNull());
    if (!options.has("trust-ids")) {
      problems.add(new DuplicateIds(vms).problems(this::keep));
    }
    if (problems.anyErrors(this::keep)) {
      problems.write(List.of());
      output.remove("vms");
      return Reason.INPUT.exitCode;
    }

    try {
      write(vms, rules.rules(), named, problems);
      return 0;
    } catch (JobRefused e) {
      output.remove("vms");
      throw e;
    } finally {
      stage(null);
    }
  }

  private void write(Dataset<Row> vms, Environment rules, NamedTags named, FleetProblems problems)
      throws JobRefused {
    int classesMost = options.count("max-classes", JobOptions.CLASSES_USUAL);
    stage("grouping");
    var classes = keep(vms.groupBy("key").count());
    long count = classes.count();
    if (count > classesMost && !options.has("split")) {
      throw new JobRefused(
          Reason.INPUT,
          String.format(
              "the VMs form %,d classes, more than --max-classes %,d", count, classesMost),
          "allow more with more memory for the driver, about 1 KB a class, or divide them with --split");
    }
    log.printf("%,d classes%n", count);

    var pairs = RulePairs.of(rules);
    var rows =
        options.has("split")
            ? split(vms, classes, named, pairs, problems)
            : answered(vms, results(classes, count, named, pairs, problems));
    stage("writing");
    output.write(rows, "vms", options.format());
  }

  /// One engine of all classes, on the driver.
  private Broadcast<ClassResults> results(
      Dataset<Row> classes, long count, NamedTags named, RulePairs pairs, FleetProblems problems)
      throws JobRefused {
    var fleet = new FleetClasses(named);
    forEach(classes, count, fleet::add);
    problems.write(phantoms(fleet.phantomTags()));
    stage("answering");
    return context.broadcast(fleet.results(pairs, targets(fleet)));
  }

  /// Engines of parts that nothing joins, on the executors.
  private Dataset<Row> split(
      Dataset<Row> vms,
      Dataset<Row> classes,
      NamedTags named,
      RulePairs pairs,
      FleetProblems problems)
      throws JobRefused {
    var targets = Set.copyOf(options.all("target"));
    for (String id : targets) {
      if (vms.filter(col("vm_id").equalTo(id)).isEmpty()) {
        throw notFound(id);
      }
    }
    int classesMost = options.count("max-classes", JobOptions.CLASSES_USUAL);
    stage("answering");
    var fleet = new SplitFleet(spark, classes, named, pairs, targets, classesMost);
    problems.write(phantoms(fleet.phantomTags()));
    return SplitFleet.joined(inside(vms), fleet.results(classes, this::keep));
  }

  private Dataset<Row> keep(Dataset<Row> rows) {
    kept.add(rows);
    return rows.persist(StorageLevel.DISK_ONLY());
  }

  private void stage(String name) {
    spark.sparkContext().setJobDescription(name);
    if (name != null) {
      log.println(name);
    }
  }

  private interface ClassConsumer {
    void add(byte[] key, long vms);
  }

  private static void forEach(Dataset<Row> classes, long count, ClassConsumer consumer) {
    Iterator<Row> rows =
        count > CLASSES_AT_ONCE ? classes.toLocalIterator() : classes.collectAsList().iterator();
    while (rows.hasNext()) {
      var row = rows.next();
      consumer.add(row.getAs(0), row.getLong(1));
    }
  }

  private static JobRefused notFound(String id) {
    return new JobRefused(Reason.NOT_FOUND, "no VM has the id " + id, "correct --target");
  }

  private int[] targets(FleetClasses classes) throws JobRefused {
    var ids = options.all("target").stream().distinct().toList();
    int[] targets = new int[ids.size()];
    for (int i = 0; i < targets.length; i++) {
      String id = ids.get(i);
      targets[i] = classes.alone(id).orElseThrow(() -> notFound(id));
    }
    return targets;
  }

  private List<Row> phantoms(long tags) {
    return tags == 0
        ? List.of()
        : List.of(
            ReadRows.problem(
                ProblemKind.PHANTOM_TAG,
                Spot.file(options.rules()),
                "rules name tags that no VM carries",
                "see that no VMs are missing",
                tags));
  }

  /// Without what stands for addresses outside.
  private static Dataset<Row> inside(Dataset<Row> vms) {
    Object[] outside =
        Arrays.stream(VmKind.values()).filter(VmKind::isExternal).map(VmKind::code).toArray();
    return vms.filter(org.apache.spark.sql.functions.not(col("kind").isin(outside)));
  }

  private static Dataset<Row> answered(Dataset<Row> vms, Broadcast<ClassResults> results) {
    return inside(vms)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) part -> new AnsweredRows(part, results.value()),
            Encoders.row(ROWS));
  }

  private record AnsweredRows(Iterator<Row> vms, ClassResults results) implements Iterator<Row> {
    @Override
    public boolean hasNext() {
      return vms.hasNext();
    }

    @Override
    public Row next() {
      var vm = vms.next();
      return ClassResults.row(vm, results.numbers(vm.<byte[]>getAs(4)));
    }
  }
}

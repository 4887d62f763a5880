package io.surfacescan.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The job on a real cluster of a master and two workers, with the archive that users submit:
/// whatever is killed, and whatever runs twice, the rows are those of the definition.
class ClusterIT {
  private static final Path ARCHIVE = Path.of(System.getProperty("surfacescan.archive"));

  @TempDir static Path directory;

  private static LocalCluster cluster;
  private static SparkSession session;
  private static RandomFleet fleet;
  private static Map<String, List<Object>> expected;

  @BeforeAll
  static void start() throws Exception {
    fleet = new RandomFleet(9_000, 60);
    expected = fleet.expected();
    Path vms = Files.createDirectory(directory.resolve("vms"));
    fleet.writeLines(vms);
    fleet.writeRules(directory.resolve("rules.json"));
    cluster = new LocalCluster(Files.createDirectory(directory.resolve("home")));
    cluster.addWorker();
    cluster.addWorker();
  }

  @AfterAll
  static void end() {
    if (session != null) {
      session.stop();
    }
    cluster.close();
  }

  private static SparkSession session() {
    if (session == null) {
      session =
          SparkSession.builder()
              .master(cluster.address())
              .appName("tests")
              .config("spark.jars", ARCHIVE.toString())
              .config("spark.ui.enabled", "false")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.executor.memory", "512m")
              .config("spark.executor.cores", "1")
              .config("spark.sql.shuffle.partitions", "5")
              .config("spark.shuffle.io.retryWait", "200ms")
              // A worker that is held gives no block away.
              .config("spark.shuffle.io.connectionTimeout", "5s")
              .config("spark.network.timeout", "20s")
              .config("spark.network.timeoutInterval", "5s")
              .config("spark.executor.heartbeatInterval", "4s")
              // As many tasks as there were rows of many machines.
              .config("spark.sql.adaptive.enabled", "false")
              .config("spark.hadoop.mapreduce.input.fileinputformat.split.maxsize", "12000")
              .config("spark.speculation", "true")
              .config("spark.speculation.interval", "100ms")
              .config("spark.speculation.quantile", "0.5")
              .config("spark.speculation.multiplier", "2")
              .config("spark.speculation.minTaskRuntime", "1s")
              .getOrCreate();
    }
    return session;
  }

  private static String[] arguments(Path out, String... more) {
    var all = new ArrayList<String>();
    all.addAll(List.of("report", "--vms", directory.resolve("vms").toString()));
    all.addAll(List.of("--rules", directory.resolve("rules.json").toString()));
    all.addAll(List.of("--out", out.toString()));
    fleet.targets.forEach(id -> all.addAll(List.of("--target", id)));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static void run(Path out, String... more) throws IOException, JobRefused {
    var log = new ByteArrayOutputStream();
    try (var print = new PrintStream(log, true, StandardCharsets.UTF_8)) {
      int code = SparkMain.run(session(), JobOptions.of(arguments(out, more)), print);
      assertThat(code).as(log.toString(StandardCharsets.UTF_8)).isZero();
    }
  }

  private static void agrees(SparkSession spark, Path out) {
    var written = spark.read().schema(ReportJob.ROWS).parquet(out.resolve("vms").toString());
    var rows = RandomFleet.values(written.collectAsList());
    assertThat(rows.keySet()).isEqualTo(expected.keySet());
    expected.forEach((id, values) -> assertThat(rows.get(id)).as(id).isEqualTo(values));
  }

  /// Waits for the tasks of a stage of the job.
  private abstract static class AtStage extends SparkListener {
    private final String stage;
    private final Set<Integer> stages = new HashSet<>();

    AtStage(String stage) {
      this.stage = stage;
    }

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted submitted) {
      var properties = submitted.properties();
      if (properties != null && stage.equals(properties.getProperty("spark.job.description"))) {
        stages.add(submitted.stageInfo().stageId());
      }
    }

    synchronized boolean isIn(int stageId) {
      return stages.contains(stageId);
    }
  }

  /// Kills a worker once the first task of a stage is done.
  private static final class Killer extends AtStage {
    final AtomicBoolean killed = new AtomicBoolean();
    final AtomicBoolean noticed = new AtomicBoolean();

    Killer(String stage) {
      super(stage);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd ended) {
      if (isIn(ended.stageId()) && !killed.getAndSet(true)) {
        cluster.kill(cluster.anyWorker());
      }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
      noticed.set(true);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grouping", "answering", "writing"})
  void aWorkerKilledInAStage_changesNoRow(String stage) throws Exception {
    Path out = directory.resolve("killed");
    var killer = new Killer(stage);
    session().sparkContext().addSparkListener(killer);
    try {
      run(out, "--split", "--max-classes", "60");
    } finally {
      session().sparkContext().removeSparkListener(killer);
    }
    assertThat(killer.killed).isTrue();
    assertThat(killer.noticed).isTrue();
    agrees(session(), out);
    cluster.addWorker();
  }

  /// Holds the executor that starts the first task of a stage, until the task was done by another.
  private static final class Holder extends AtStage {
    private String held = "";
    private List<ProcessHandle> stopped = List.of();
    boolean isDone;

    Holder(String stage) {
      super(stage);
    }

    @Override
    public synchronized void onTaskStart(SparkListenerTaskStart started) {
      if (isIn(started.stageId()) && held.isEmpty()) {
        held = started.taskInfo().executorId();
        stopped = cluster.executors().filter(process -> isExecutor(process, held)).toList();
        signal("-STOP");
      }
    }

    private static boolean isExecutor(ProcessHandle process, String id) {
      var arguments = List.of(process.info().arguments().orElse(new String[0]));
      int flag = arguments.indexOf("--executor-id");
      return flag >= 0 && arguments.get(flag + 1).equals(id);
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd ended) {
      var task = ended.taskInfo();
      if (isIn(ended.stageId()) && task.speculative() && task.successful() && !isDone) {
        isDone = true;
        signal("-CONT");
      }
    }

    synchronized void signal(String signal) {
      for (var process : stopped) {
        try {
          new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
        } catch (IOException | InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  @Test
  void aTaskThatRunsTwice_writesItsRowsOnce() throws Exception {
    Path out = directory.resolve("twice");
    var holder = new Holder("writing");
    session().sparkContext().addSparkListener(holder);
    try {
      run(out);
    } finally {
      session().sparkContext().removeSparkListener(holder);
      holder.signal("-CONT");
    }
    assertThat(holder.isDone).isTrue();
    agrees(session(), out);
  }

  @Test
  void submitted_itEndsWithItsExitCode_andOverwritesWhatWasThere() throws Exception {
    Path out = directory.resolve("submitted");
    run(out);
    // The cluster has two processors, and the session holds both.
    session.stop();
    session = null;
    String[] flags = {
      "--conf", "spark.driver.host=127.0.0.1", "--conf", "spark.driver.bindAddress=127.0.0.1",
      "--conf", "spark.executor.memory=512m", "--conf", "spark.ui.enabled=false"
    };
    assertThat(submit(cluster.address(), flags, arguments(out))).isEqualTo("0");
    agrees(session(), out);
    Files.writeString(directory.resolve("bad.ndjson"), "{\"vm_id\": \"\", \"tags\": []}\n");
    String[] bad = arguments(out);
    bad[2] = directory.resolve("bad.ndjson").toString();
    assertThat(submit("local[1]", flags, bad))
        .startsWith("3")
        .contains("bad.ndjson:byte 0: vm_id is empty");
    assertThat(out.resolve("vms")).doesNotExist();
  }

  /// The exit code, and what was said if it is not 0.
  private static String submit(String master, String[] flags, String... arguments)
      throws IOException, InterruptedException {
    var command =
        Stream.of(
                Stream.of("org.apache.spark.deploy.SparkSubmit", "--master", master),
                Stream.of(flags),
                Stream.of(ARCHIVE.toString()),
                Stream.of(arguments))
            .flatMap(part -> part)
            .toList();
    var opens = System.getProperty("surfacescan.opens").split(" ");
    var process =
        cluster
            .program(
                "127.0.0.1",
                Stream.concat(Stream.of(opens), command.stream()).toArray(String[]::new))
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    return code == 0 ? "0" : code + " " + said;
  }
}

package io.surfacescan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.surfacescan.model.Environment;
import io.surfacescan.synthesis.SeededEnvironment;
import io.surfacescan.synthesis.Shape;
import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/// What building and asking leave to the garbage collector: bytes of heap.
///
/// The limits leave room for a quarter to a half more than was measured when they were set. They
/// are about gross slips: a copy of a column too many, an object for each VM.
class AllocationTest {
  private static final int VMS = 100_000;
  private static final int QUESTIONS = 2_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final Environment ENVIRONMENT = environment();
  private static final AttackGraph GRAPH = AttackGraph.of(ENVIRONMENT);

  private static Environment environment() {
    int tags = Shape.LAYERED.usualTags(VMS);
    int rules = Shape.LAYERED.usualRules(tags);
    return SeededEnvironment.of(Shape.LAYERED, VMS, tags, rules, 1).build();
  }

  /// The graph as it is before it was asked anything, however much it was asked.
  private static final AttackGraph FORGETFUL =
      AttackGraph.of(ENVIRONMENT, new MemoryBudget(MemoryBudget.usual(VMS).ancestorInts(), 0));

  /// Bytes of heap that a question takes on average, after a round that loads its classes and makes
  /// the graph remember what it may.
  private static double perQuestion(IntConsumer question) {
    askAll(question);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    askAll(question);
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) QUESTIONS;
  }

  private static void askAll(IntConsumer question) {
    for (int i = 0; i < QUESTIONS; i++) {
      question.accept((int) ((long) VMS * i / QUESTIONS));
    }
  }

  private static void assertPerQuestion(double most, IntConsumer question) {
    assertThat(perQuestion(question)).as("bytes of heap for a question").isLessThan(most);
  }

  /// A record, and ranks that leave the VM itself out or share what is remembered.
  @Test
  void answersFoundBefore_takeNothingThatGrowsWithThem() {
    assertPerQuestion(128, vm -> AttackSurface.of(GRAPH, vm));
    assertPerQuestion(128, vm -> BlastRadius.of(GRAPH, vm));
  }

  /// The intervals of the answer and of the stored sets that it is united from; not its VMs, of
  /// which there are some hundreds on average.
  @Test
  void answersFoundAnew_takeTheirIntervals() {
    assertPerQuestion(2_000, vm -> AttackSurface.of(FORGETFUL, vm));
    assertPerQuestion(8_000, vm -> BlastRadius.of(FORGETFUL, vm));
  }

  /// A search has marks for classes and tags, of which there are some 10,000; none for VMs.
  @Test
  void searches_takeMarksForClassesAndTags() {
    assertPerQuestion(130_000, vm -> VmsByHop.attackers(GRAPH, vm, Integer.MAX_VALUE));
    assertPerQuestion(130_000, vm -> AttackSurface.within(GRAPH, vm, 1));
  }

  /// What it builds and what it works with, on all threads; a pass with a column of its own for the
  /// VMs would be another 4 bytes or more.
  @Test
  void building_takesAFewColumns() {
    long before = THREADS.getTotalThreadAllocatedBytes();
    var built = AttackGraph.of(ENVIRONMENT);
    long allocated = THREADS.getTotalThreadAllocatedBytes() - before;

    assertThat(built.environment()).isSameAs(ENVIRONMENT);
    assertThat(allocated / (double) VMS).as("bytes of heap for a VM").isLessThan(120);
  }
}

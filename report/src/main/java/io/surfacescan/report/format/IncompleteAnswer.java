package io.surfacescan.report.format;

import io.surfacescan.model.Environment;
import java.util.Optional;

/// An answer of an environment whose source lacks a layer. It is as the answer itself, but that
/// JSON objects start with `"complete": false`.
record IncompleteAnswer(Document answer) implements Document {
  @Override
  public Table<?> table() {
    return answer.table();
  }

  @Override
  public Optional<Tree<?>> tree() {
    return answer.tree().map(IncompleteAnswer::marked);
  }

  private static <R> Tree<R> marked(Tree<R> tree) {
    var columns =
        new Columns<R>().truth("complete", ignored -> false).inline(tree.columns(), root -> root);
    return new Tree<>(columns, tree.root());
  }

  @Override
  public Document about(Environment environment) {
    return this;
  }

  @Override
  public void text(TextLines lines) {
    answer.text(lines);
  }

  @Override
  public Optional<Graph> picture() {
    return answer.picture();
  }

  @Override
  public Optional<Page> asPage() {
    return answer.asPage();
  }
}

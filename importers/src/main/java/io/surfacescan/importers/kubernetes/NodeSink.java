package io.surfacescan.importers.kubernetes;

/// Takes the documents of a file as they are read.
interface NodeSink {
  /// An element of the list `items` at the top of a document, which is not done yet.
  void item(Node item);

  /// A document, without its `items`.
  void document(Node document);
}

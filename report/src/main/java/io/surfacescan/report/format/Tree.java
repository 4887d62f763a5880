package io.surfacescan.report.format;

/// An answer as one object with objects and lists in it.
///
/// @param root what the columns take their values from
/// @param <R> its type
public record Tree<R>(Columns<R> columns, R root) {}

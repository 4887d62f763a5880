/// Reads edits: what a user would change in an environment, and what is asked about it, as one JSON
/// object.
@NullMarked
package io.surfacescan.importers.edits;

import org.jspecify.annotations.NullMarked;

/// Exports of Amazon Web Services against what AWS documents.
@NullMarked
package io.surfacescan.importers.aws;

import org.jspecify.annotations.NullMarked;

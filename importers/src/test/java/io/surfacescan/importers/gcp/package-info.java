/// Exports of Google Cloud against what its documentation says.
@NullMarked
package io.surfacescan.importers.gcp;

import org.jspecify.annotations.NullMarked;

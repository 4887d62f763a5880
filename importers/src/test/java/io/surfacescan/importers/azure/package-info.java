/// Exports of Azure against what Microsoft documents.
@NullMarked
package io.surfacescan.importers.azure;

import org.jspecify.annotations.NullMarked;

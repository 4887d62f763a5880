/// What the importers of several clouds share: ranges, the internet, and what there is to say of an
/// export.
@NullMarked
package io.surfacescan.importers.cloud;

import org.jspecify.annotations.NullMarked;

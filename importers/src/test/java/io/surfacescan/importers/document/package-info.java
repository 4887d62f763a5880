/// Tests of reading the environment document.
@NullMarked
package io.surfacescan.importers.document;

import org.jspecify.annotations.NullMarked;

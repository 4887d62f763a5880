/// Small networks of Amazon Web Services: drawn at random, written as exports, and judged packet by
/// packet by the rules that AWS documents. Shares nothing with the reader but the meaning.
@NullMarked
package io.surfacescan.testkit.aws;

import org.jspecify.annotations.NullMarked;

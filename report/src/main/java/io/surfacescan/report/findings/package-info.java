/// The findings of a policy as documents: text, tables and trees as other answers, and the forms in
/// which pipelines want them, such as SARIF.
@NullMarked
package io.surfacescan.report.findings;

import org.jspecify.annotations.NullMarked;

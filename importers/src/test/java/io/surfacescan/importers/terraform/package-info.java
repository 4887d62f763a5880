/// Plans and states of Terraform against what Terraform and AWS document.
@NullMarked
package io.surfacescan.importers.terraform;

import org.jspecify.annotations.NullMarked;

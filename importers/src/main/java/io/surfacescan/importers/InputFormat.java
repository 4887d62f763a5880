package io.surfacescan.importers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.surfacescan.importers.aws.AwsExport;
import io.surfacescan.importers.azure.AzureExport;
import io.surfacescan.importers.gcp.GcpExport;
import io.surfacescan.importers.kubernetes.KubernetesExport;
import io.surfacescan.importers.terraform.TerraformExport;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a source may hold. Each format is asked in this order whether it knows the content.
public enum InputFormat {
  /// What kubectl writes, and manifests.
  KUBERNETES("namespace") {
    @Override
    boolean knows(String start) {
      return KubernetesExport.isRecognized(start);
    }
  },
  /// What the AWS CLI and collectors write.
  AWS("region") {
    @Override
    boolean knows(String start) {
      return AwsExport.isRecognized(start);
    }
  },
  /// What gcloud and Cloud Asset Inventory write.
  GCP("network") {
    @Override
    boolean knows(String start) {
      return GcpExport.isRecognized(start);
    }

    @Override
    boolean hasBareLists() {
      return true;
    }
  },
  /// Plans and states of Terraform and OpenTofu.
  TERRAFORM("region") {
    @Override
    boolean knows(String start) {
      return TerraformExport.isRecognized(start);
    }
  },
  /// What the Azure CLI and the Resource Graph write.
  AZURE("network") {
    @Override
    boolean knows(String start) {
      return AzureExport.isRecognized(start);
    }
  },
  /// The environment document, and whatever no format before it knows: its reader says what is
  /// wrong.
  DOCUMENT("scope") {
    @Override
    boolean knows(String start) {
      return true;
    }
  };

  private static final int BARE_LIST_BYTES_MOST = 64;
  private static final Pattern BARE_LIST = Pattern.compile("\\s*+\\[\\s*+\\]\\s*+");

  private final String scopeWord;

  InputFormat(String scopeWord) {
    this.scopeWord = scopeWord;
  }

  /// What a scope of its VMs is called.
  public String scopeWord() {
    return scopeWord;
  }

  /// Whether it is the export of a cloud, over which plans of Terraform can be laid.
  boolean isCloud() {
    return this == AWS || this == GCP || this == AZURE;
  }

  /// Whether a source is of this format.
  ///
  /// @param start the first bytes of its content, each a character
  abstract boolean knows(String start);

  /// Whether a list without elements, which says nothing of its format, may be one of its files.
  boolean hasBareLists() {
    return false;
  }

  /// Whether a source is such a list.
  static boolean isBareList(byte[] start) {
    return start.length <= BARE_LIST_BYTES_MOST
        && BARE_LIST.matcher(new String(start, ISO_8859_1)).matches();
  }

  /// Its name on the command line.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The format of a name on the command line.
  public static Optional<InputFormat> ofCode(String code) {
    return Arrays.stream(values()).filter(format -> format.code().equals(code)).findFirst();
  }

  /// Whether it comes from a real environment and is lowered.
  boolean isExport() {
    return this != DOCUMENT;
  }

  static InputFormat of(byte[] bytes) {
    var start = new String(bytes, ISO_8859_1);
    for (InputFormat format : values()) {
      if (format.knows(start)) {
        return format;
      }
    }
    throw new AssertionError("the last format takes whatever is left");
  }
}

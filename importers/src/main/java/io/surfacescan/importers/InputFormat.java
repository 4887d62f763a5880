package io.surfacescan.importers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.surfacescan.importers.aws.AwsExport;
import io.surfacescan.importers.azure.AzureExport;
import io.surfacescan.importers.kubernetes.KubernetesExport;
import io.surfacescan.importers.terraform.TerraformExport;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

  private final String scopeWord;

  InputFormat(String scopeWord) {
    this.scopeWord = scopeWord;
  }

  /// What a scope of its VMs is called.
  public String scopeWord() {
    return scopeWord;
  }

  /// Whether a source is of this format.
  ///
  /// @param start the first bytes of its content, each a character
  abstract boolean knows(String start);

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

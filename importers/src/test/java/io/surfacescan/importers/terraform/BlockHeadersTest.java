package io.surfacescan.importers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The syntax is that of https://developer.hashicorp.com/terraform/language/syntax/configuration
/// and https://developer.hashicorp.com/terraform/language/expressions/strings.
class BlockHeadersTest {
  private static List<String> found(String text) {
    return BlockHeaders.of(text).stream()
        .map(header ->
            "%d:%d %s%s"
                .formatted(
                    header.line(),
                    header.column(),
                    String.join(" ", header.words()),
                    (header.source().isEmpty() ? "" : " <- " + header.source())
                        + (header.dynamics().isEmpty() ? "" : " makes " + header.dynamics())))
        .toList();
  }

  @Test
  void of_findsTheHeadersOfBlocks_andNothingWithinThem() {
    assertThat(
            found(
                """
                terraform { required_version = ">= 1.5" }
                  resource "aws_vpc" "main" {
                  ingress {
                    protocol = "tcp"
                  }
                  dynamic "ingress" { for_each = { a = { b = 1 } } }
                }
                data aws_vpc other {}
                module "net" {
                  count   = 2
                  source  = "./net" # not "../other"
                  version = "1"
                }
                resource "aws_vpc" "last" {
                }
                """))
        .containsExactly(
            "1:1 terraform",
            "2:3 resource aws_vpc main makes [ingress]",
            "8:1 data aws_vpc other",
            "9:1 module net <- ./net",
            "14:1 resource aws_vpc last");
  }

  @Test
  void of_passesOverCommentsTextsAndHeredocs() {
    assertThat(
            found(
                """
                # resource "a" "commented" {
                // resource "a" "too" {
                /* resource "a" "three" {
                */ resource "a" "one" {
                  text  = "} \\" } $${ { ${lookup({ a = "}" }, "a")} %{ if true }{%{ endif }"
                  more  = "C:\\\\"
                  lines = <<-EOT
                    }
                    resource "a" "quoted" {
                    EOTS
                    "${
                    EOT
                  again = [<<END
                } "
                END
                  ]
                }
                resource "a" "two" {}
                """))
        .containsExactly("4:4 resource a one", "18:1 resource a two");
  }

  @Test
  void of_countsColumnsInCodePoints_andTakesLinesOfWindows() {
    assertThat(
            found(
                "\r\n/* \uD83D\uDE00\u00E9 */ resource \"a\" \"b\" {\r\n}\r\nmodule \"m\" {}\r\n"))
        .containsExactly("2:10 resource a b", "4:1 module m");
  }

  @Test
  void of_takesTheSourceRightWithinAModule_ifItIsConstant() {
    assertThat(
            found(
                """
                module "a" {
                  providers = { source = "./no" }
                  nested { source = "./no" }
                  source = "${path.module}/x"
                }
                module "b" { source = "../b" }
                """))
        .containsExactly("1:1 module a", "6:1 module b <- ../b");
  }

  @Test
  void of_endsWithAFileThatBreaksOff() {
    for (String rest :
        List.of("", "{", "\"", "\"${", "\"\\", "<<A", "<<A\nx", "/*", "}}}", "<<", "x =")) {
      assertThat(found("resource \"a\" \"b\" {}\n" + rest)).first().isEqualTo("1:1 resource a b");
    }
  }
}

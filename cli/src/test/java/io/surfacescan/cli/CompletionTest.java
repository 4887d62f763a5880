package io.surfacescan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void completion_knowsVerbsAndFlags(String shell) {
    assertThat(new Trial().run("completion", shell).out())
        .startsWith("#!/usr/bin/env bash\n")
        .contains("validate", "--max-hops", "--fail-on", "phantom-tag", "compinit");
  }

  @Test
  void completion_forFish_hasEveryVerbFlagAndWord() {
    assertThat(new Trial().run("completion", "fish").out().lines())
        .contains(
            "complete -c surfacescan -f",
            "complete -c surfacescan -n '__fish_use_subcommand' -l version -d 'Show the version'",
            "complete -c surfacescan -n '__fish_use_subcommand' -a attack"
                + " -d 'List every VM that can attack a VM, directly or over others'",
            "complete -c surfacescan -n '__fish_seen_subcommand_from attack' -l max-hops -x"
                + " -d 'Only VMs over at most N hops; 1 is the direct ones'",
            "complete -c surfacescan -n '__fish_seen_subcommand_from path' -s o -l output -x"
                + " -a 'json ndjson csv text dot mermaid svg'"
                + " -d 'Output: json, ndjson, csv, text, dot, mermaid, svg'",
            "complete -c surfacescan -n '__fish_seen_subcommand_from serve' -l data -r -F"
                + " -d 'Files, folders with JSON files (also NDJSON and gzip), or - for standard input'",
            "complete -c surfacescan -n '__fish_seen_subcommand_from pairs' -l input-format -x"
                + " -a 'aws azure document gcp kubernetes terraform'"
                + " -d 'Read every file as this: aws, azure, document, gcp, kubernetes, terraform'",
            "complete -c surfacescan -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish powershell'");
  }

  @Test
  void completion_forPowerShell_hasEveryVerbFlagAndWord() {
    assertThat(new Trial().run("completion", "powershell").out())
        .startsWith(
            """
            Register-ArgumentCompleter -Native -CommandName surfacescan, surfacescan.ps1 -ScriptBlock {
              param($word, $command, $cursor)
              $verbs = [ordered]@{
                'serve' = 'Answer over HTTP until stopped; changed files are loaded while serving'
                'attack' = 'List every VM that can attack a VM, directly or over others'
            """)
        .contains(
            "\n    '' = [ordered]@{ ",
            "'--version' = 'Show the version'",
            "\n    'attack' = [ordered]@{ ",
            "'--max-hops' = 'Only VMs over at most N hops; 1 is the direct ones'",
            // A quotation mark is doubled.
            "'--csv-safe' = 'In csv, put '' before what a spreadsheet would run as a formula, and",
            "\n    'path -o' = [ordered]@{ 'json' = 'json'; ",
            "\n    'completion' = [ordered]@{ 'bash' = 'bash'; 'zsh' = 'zsh'; ")
        .endsWith("\n}\n");
  }
}

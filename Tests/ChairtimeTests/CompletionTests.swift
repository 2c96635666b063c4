import Foundation
import TestSupport
import Testing

/// The completions of each shell: made by the program, and read by that shell.
struct CompletionTests {
  @Test(arguments: ["bash", "zsh", "fish"])
  func `the completions are a script the shell reads`(shell: String) throws {
    let home = TemporaryFolder()
    let ended = try Shell.run(
      """
      chairtime --generate-completion-script \(shell) > completions && \(shell) -n completions
      """, home: home)
    #expect(ended == BuiltProgram.Ended(code: 0, output: "", error: ""))
    let script = try String(contentsOfFile: home.file("completions"), encoding: .utf8)
    for word in ["integrity", "handoff", "not-observed"] {
      #expect(script.contains(word), "\(word)")
    }
  }

  @Test func `bash completes a command, a subcommand and an option`() throws {
    let ended = try Shell.run(
      """
      chairtime --generate-completion-script bash > completions && . ./completions
      rule=$(complete -p chairtime) && function=${rule##*-F } && function=${function%% *}
      try() {
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=() COMP_LINE="$*" COMP_POINT=0 COMP_TYPE=9
        COMP_POINT=${#COMP_LINE}
        "$function" chairtime "${!#}" "${@: -2:1}" && printf '%s ' "${COMPREPLY[@]}" && echo
      }
      try chairtime outb
      try chairtime session hand
      try chairtime review --integ
      """)
    #expect(ended.code == 0, "\(ended.error)")
    #expect(ended.output == "outbox \nhandoff \n--integrity \n")
  }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

private let isRecording = ProcessInfo.processInfo.environment["SCS_RECORD"] != nil

/// The pages in `Stories`, with every kubectl that the script found.
@Suite(
    "kubectl", .serialized, .timeLimit(.minutes(20)),
    .enabled(if: !Kubectl.all.isEmpty, "SCS_KUBECTL names no kubectl; script/test-clients does"))
struct KubectlTests {
    @Test("every version prints what the stories say", .enabled(if: !isRecording), arguments: Kubectl.all)
    func stories(_ kubectl: Kubectl) async throws {
        try await Storyteller.with(kubectl) { teller in
            for name in Storyteller.stories {
                let commands = try Storyteller.story(name).commands
                for (command, printed) in zip(commands, try await teller.play(name)) {
                    let expected = command.output(for: kubectl.version)
                    #expect(printed == expected, "Stories/\(name).md:\(command.line) with \(kubectl)")
                }
            }
        }
    }

    @Test("the stories are told anew", .enabled(if: isRecording))
    func record() async throws {
        var told: [String: [[Story.Output]]] = [:]
        for kubectl in Kubectl.all {
            try await Storyteller.with(kubectl) { teller in
                for name in Storyteller.stories {
                    let outputs = try await teller.play(name).map { Story.Output(since: kubectl.version, lines: $0) }
                    told[name, default: outputs.map { _ in [] }] = zip(
                        told[name] ?? outputs.map { _ in [] }, outputs
                    ).map { $0 + [$1] }
                }
            }
        }
        for (name, outputs) in told {
            let page = try Storyteller.story(name).recorded(outputs)
            try page.write(to: Storyteller.page(name), atomically: true, encoding: .utf8)
        }
    }
}

/// How pages are read and written.
@Suite("Stories")
struct StoryTests {
    @Test("a recorded page reads as it was told, and names only what differs")
    func roundTrip() throws {
        let page = """
            # A page

            It begins.

                $ kubectl get x \\
                > | wc
                one

                two

            And:

                $ kubectl whoami

            since 1.20:

                error

            since 1.28:

                anna

                $ true

            """
        let story = Story(parsing: page)
        let new = try #require(KubectlVersion("v1.30.1"))
        let (old, middle) = (KubectlVersion(major: 1, minor: 20), KubectlVersion(major: 1, minor: 28))
        #expect(story.commands.map(\.script) == ["kubectl get x \\\n| wc", "kubectl whoami", "true"])
        #expect(story.commands[0].output(for: new) == ["one", "", "two"])
        #expect(story.commands[1].output(for: new) == ["anna"])
        #expect(story.commands[1].output(for: KubectlVersion(major: 1, minor: 27)) == ["error"])
        let again = story.recorded(
            story.commands.map { command in
                [old, middle, new].map { Story.Output(since: $0, lines: command.output(for: $0)) }
            })
        #expect(again == page)
    }

    @Test(
        "what differs from run to run has a name instead",
        arguments: [
            ("web   Active   2m3s", "web  Active  AGE"), ("a   0   5m", "a  0  AGE"),
            ("  uid: 01234567-89ab-cdef-0123-456789abcdef  ", "  uid: UID"),
            (#"  resourceVersion: "17""#, #"  resourceVersion: "REVISION""#),
            ("at 2026-11-24T14:00:00Z", "at TIME"), ("waits 60s at most", "waits 60s at most"),
        ])
    func normalized(_ line: String, _ expected: String) {
        #expect(Transcript.lines(line + "\n\n") == [expected])
    }
}

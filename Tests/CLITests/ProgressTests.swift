// SPDX-License-Identifier: Apache-2.0

import Clients
import Foundation
import JSONTree
import Resources
import Synchronization
import TestTime
import Testing

@testable import CLI

@Suite("Progress and places", .timeLimit(.minutes(1)))
struct ProgressTests {
    /// What stands on a screen of a given width, as it was overwritten.
    final class Screen: Sendable {
        let texts = Mutex<[String]>([])
        let lines = Mutex<[String]>([])

        func terminal(width: Int?, hasColour: Bool = false) -> Terminal {
            let screen = Terminal.Screen(width: width, hasColour: hasColour)
            return Terminal(
                line: { line in self.lines.withLock { $0.append(line) } },
                note: { note in self.lines.withLock { $0.append("note: \(note)") } },
                overwrite: { text in self.texts.withLock { $0.append(text) } }, lines: screen, notes: screen)
        }
    }

    private func progress(_ terminal: Terminal, time: Timekeeper = .system) -> WaitProgress {
        let plain = ScriptedServer().session(time: time)
        let session = Session(client: plain.client, namespace: "demo", terminal: terminal, time: time)
        return WaitProgress(session: session, title: "vms web")
    }

    private func condition(_ reason: String, _ message: String = "") -> Condition {
        Condition(type: "Ready", status: .no, reason: reason, message: message, lastTransitionTime: "")
    }

    @Test("on a terminal one line changes, is never wider than the screen, and goes before the answer")
    func terminal() {
        let screen = Screen()
        let progress = progress(screen.terminal(width: 24))
        progress.show(condition("Building"))
        progress.show(condition("Building"))
        progress.show(condition("Waiting", "for a network\nthat is long"))
        progress.end("Ready is True")
        let texts = screen.texts.withLock { $0 }
        #expect(texts == ["vms web: Building (0s)", "vms web: Waiting: for a", ""])
        #expect(screen.lines.withLock { $0 } == ["vms web: Ready is True"])
    }

    @Test("elsewhere each change is a line of its own and nothing is written over")
    func file() {
        let screen = Screen()
        let progress = progress(screen.terminal(width: nil))
        progress.show(condition("Building"))
        progress.show(condition("Building"))
        progress.end("Ready is True")
        #expect(screen.lines.withLock { $0 } == ["note: vms web: Building (0s)", "vms web: Ready is True"])
        #expect(screen.texts.withLock { $0 } == [])
    }

    @Test("colour is there only where a screen has it", arguments: [true, false])
    func colour(has: Bool) {
        let screen = Screen()
        progress(screen.terminal(width: 80, hasColour: has)).end("Ready is True")
        #expect(screen.lines.withLock { $0.first?.contains("\u{1B}[32m") } == has)
    }

    @Test("kubeconfigs are looked for as kubectl does, and those of a list may be absent")
    func places() throws {
        let places = KubeconfigPlaces(named: nil, environment: ["KUBECONFIG": "/a:/b", "HOME": "/h"])
        #expect(places.paths == ["/a", "/b"] && places.mayBeAbsent)
        #expect(KubeconfigPlaces(named: "/c", environment: ["KUBECONFIG": "/a"]).paths == ["/c"])
        #expect(KubeconfigPlaces(named: nil, environment: ["HOME": "/h"]).paths == ["/h/.kube/config"])
        #expect(throws: CLIError.self) {
            try KubeconfigPlaces(named: nil, environment: ["KUBECONFIG": "/absent/a:/absent/b"]).tree()
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "scs-places-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("current-context: second".utf8).write(to: folder.appending(path: "b"))
        let list = "\(folder.path)/absent:\(folder.path)/b"
        let tree = try KubeconfigPlaces(named: nil, environment: ["KUBECONFIG": list]).tree()
        #expect(tree["current-context"] == "second")
    }

    @Test(
        "the server's version tells ours and the protocol's",
        arguments: [("v1.32.0+scs-0.1.0", "0.1.0 (Kubernetes v1.32.0)"), ("v1.30.2", "Kubernetes v1.30.2")])
    func version(text: String, shown: String) { #expect(VersionCommand.server(text) == shown) }
}

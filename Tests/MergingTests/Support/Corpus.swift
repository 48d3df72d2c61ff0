// SPDX-License-Identifier: Apache-2.0

import JSONTree
import Recordings
import Testing

/// The recorded cases as tests of merging alone need them.
struct Corpus {
    struct Step: CustomTestStringConvertible {
        let recorded: RecordedStep

        var name: String { recorded.name }
        var method: String { recorded.method }
        var path: String { recorded.path }
        var contentType: String { recorded.contentType }
        /// The body as JSON, what two steps send as YAML too.
        var body: JSON? {
            switch name {
            case "yaml": widget(["size": "small", "port": "80%"])
            case "yaml-duplicate": widget(["size": "large"])
            default: recorded.body
            }
        }
        var status: Int64 { recorded.status }
        var answer: JSON { recorded.answer }
        var testDescription: String { name }

        private func widget(_ spec: JSON) -> JSON {
            ["apiVersion": "corpus.example.org/v1", "kind": "Widget", "metadata": ["name": "one"], "spec": spec]
        }

        func parameter(_ name: String) -> String? { recorded.parameter(name) }
    }

    struct Case: CustomTestStringConvertible {
        let name: String
        let steps: [Step]
        var testDescription: String { name }
    }

    static func cases(_ group: String) -> [Case] {
        ((try? Recordings.cases(group)) ?? []).map { recorded in
            Case(name: recorded.name, steps: recorded.steps.map(Step.init))
        }
    }
}

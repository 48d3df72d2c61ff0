// SPDX-License-Identifier: Apache-2.0

import JSONTree

/// What the simulated site answers.
struct Answer: Sendable {
    var status: Int
    var body: JSON = .null
    /// In place of the body, where the real service does not speak JSON.
    var text: String?
    var headers: [(String, String)] = []

    init(_ status: Int, _ body: JSON = .null, headers: [(String, String)] = []) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    /// With the recorded status: `{member: object}`.
    init(like fixture: String, _ member: String, _ object: JSON) {
        self.init(Fixture.named(fixture).status, [member: object])
    }

    /// The recorded answer itself.
    init(recorded fixture: String) {
        let fixture = Fixture.named(fixture)
        self.init(fixture.status, fixture.body)
        text = fixture.text
    }
}

/// A no, in the words of the service.
struct Refusal: Error {
    let answer: Answer

    init(_ answer: Answer) { self.answer = answer }

    /// The recorded no; `{0}`, `{1}` … in it become the ids, `{name}` becomes the name.
    init(_ fixture: String, _ ids: String..., name: String = "") {
        var answer = Answer(recorded: fixture)
        func fill(_ text: String) -> String {
            var text = text.replacing("{name}", with: name)
            for (index, id) in ids.enumerated() { text = text.replacing("{\(index)}", with: id) }
            return text
        }
        if let text = answer.text { answer.text = fill(text) }
        answer.body = answer.body.mapStrings(fill)
        self.init(answer)
    }
}

extension JSON {
    fileprivate func mapStrings(_ change: (String) -> String) -> JSON {
        switch self {
        case .string(let text): .string(change(text))
        case .array(let elements): .array(elements.map { $0.mapStrings(change) })
        case .object(let object): .object(JSONObject(object.members.map { ($0.key, $0.value.mapStrings(change)) }))
        default: self
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

package import Schemas

extension Schema {
    /// The status of a kind that a reconciler keeps: what is the kind's own, and what the machinery writes beside it.
    ///
    /// What is not named here would be pruned, an open intent among it.
    package static func status(_ description: String, _ own: [Property]) -> Schema {
        .object(
            description,
            own + [
                Property(
                    "observedGeneration",
                    .integer("The metadata.generation that the status is about.", in: 0...Int64.max)),
                Property("intent", intent),
                Property("missing", missing),
                Property("conditions", conditions),
            ])
    }

    /// What the machinery writes into every status, by name; for comparing a kind's types with its schema.
    package static let machineryStatus = ["observedGeneration", "intent", "missing", "conditions"]

    private static let missing = Schema.array(
        "Native ids that one look did not find; gone is what a second look does not find either.",
        of: .string("A native id.", maxLength: 255), maxItems: 100)

    private static let intent = Schema.object(
        "A creation that was asked for and not yet seen to end.",
        [
            Property("step", .string("What was asked for.", maxLength: 4096)),
            Property("since", .integer("When, in seconds since 1970.", in: 0...Int64.max)),
            Property("generation", .integer("The metadata.generation that it came from.", in: 0...Int64.max)),
        ])
}

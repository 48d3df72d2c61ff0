// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Resources

extension ClientContract {
    package static let writes: [Check] = [
        Check("a new object gets a uid, a time, a resourceVersion and generation 1") { contract in
            let made = try await contract.create(contract.make("new"))
            let metadata = made.metadata
            try contract.expect(metadata.uid?.isEmpty == false, "a uid")
            try contract.expect(metadata.creationTimestamp?.hasSuffix("Z") == true, "a creation time")
            try contract.expect(metadata.resourceVersion?.isEmpty == false, "a resourceVersion")
            try contract.expect(metadata.generation == 1, "generation 1, not \(metadata.generation)")
            try contract.expect(made.organization == contract.organizations[0], "the organization it was made in")
            try contract.expect(try await contract.client.get(contract.type, made.key) == made, "get gives the same")
            try await contract.remove("new")
        },
        Check("an object is created once") { contract in
            try await contract.create(contract.make("once"))
            try await contract.expect(.alreadyExists) { try await contract.create(contract.make("once")) }
            try await contract.remove("once")
        },
        Check("a generated name begins as asked and is new") { contract in
            var object = contract.make("")
            object.metadata.tree["name"] = nil
            object.metadata.generateName = "some-"
            let (first, second) = (try await contract.create(object), try await contract.create(object))
            try contract.expect(first.metadata.name.hasPrefix("some-"), "a name with the prefix")
            try contract.expect(first.metadata.name != second.metadata.name, "two names")
            try await contract.remove(first.metadata.name, second.metadata.name)
        },
        Check("absent objects are not found") { contract in
            let absent = contract.key("absent")
            try await contract.expect(.notFound) { _ = try await contract.client.get(contract.type, absent) }
            try await contract.expect(.notFound) {
                try await contract.client.delete(contract.type, absent, DeleteOptions())
            }
            try await contract.expect(.notFound) {
                _ = try await contract.patch(contract.make("absent"), ["spec": ["size": 2]])
            }
        },
        Check("a stale resourceVersion conflicts") { contract in
            let first = try await contract.create(contract.make("stale"))
            var second = first
            second.spec = ["size": 2]
            let written = try await contract.client.update(contract.type, second, WriteOptions())
            try contract.expect(written.metadata.resourceVersion != first.metadata.resourceVersion, "a new version")
            try await contract.expect(.conflict) {
                _ = try await contract.client.update(contract.type, second, WriteOptions())
            }
            let guarded: JSON = [
                "metadata": ["resourceVersion": .string(first.metadata.resourceVersion ?? "")],
                "status": ["phase": "Late"],
            ]
            try await contract.expect(.conflict) { _ = try await contract.patch(first, guarded, .status) }
            try await contract.remove("stale")
        },
        Check("each door writes its own part, and only the spec moves the generation") { contract in
            var object = contract.make("doors")
            object.status = ["phase": "Sneaked"]
            let made = try await contract.create(object)
            try contract.expect(made.status?["phase"] == nil, "creation leaves the status out")
            let both: JSON = ["spec": ["size": 7], "status": ["phase": "Here"]]
            let spec = try await contract.patch(made, both)
            try contract.expect(spec.spec?["size"] == 7 && spec.status?["phase"] == nil, "the main door: the spec")
            try contract.expect(spec.metadata.generation == 2, "a spec edit moves the generation")
            let status = try await contract.patch(made, ["spec": ["size": 9], "status": ["phase": "Here"]], .status)
            try contract.expect(status.spec?["size"] == 7 && status.status?["phase"] == "Here", "the status door")
            try contract.expect(status.metadata.generation == 2, "a status edit leaves the generation")
            try await contract.remove("doors")
        },
        Check("a merge patch with null removes, and one that changes nothing keeps the resourceVersion") { contract in
            let made = try await contract.create(contract.make("merge", spec: ["size": 1, "color": "red"]))
            let same = try await contract.patch(made, ["spec": ["size": 1]])
            try contract.expect(same.metadata.resourceVersion == made.metadata.resourceVersion, "no new version")
            let less = try await contract.patch(made, ["spec": ["color": .null]])
            try contract.expect(less.spec?["color"] == nil && less.spec?["size"] == 1, "only the color is gone")
            try await contract.remove("merge")
        },
        Check("a dry run answers and changes nothing") { contract in
            let dry = WriteOptions(isDryRun: true)
            try await contract.create(contract.make("dry"), dry)
            try contract.expect(try await contract.client.find(contract.type, contract.key("dry")) == nil, "no object")
            let made = try await contract.create(contract.make("dry"))
            let patched = try await contract.patch(made, ["spec": ["size": 5]], dry)
            try contract.expect(patched.spec?["size"] == 5, "the answer shows the change")
            try await contract.client.delete(contract.type, made.key, DeleteOptions(isDryRun: true))
            try contract.expect(try await contract.client.get(contract.type, made.key) == made, "nothing changed")
            try await contract.remove("dry")
        },
        Check("a finalizer holds an object that is being deleted, and the last one lets it go") { contract in
            var object = contract.make("held")
            object.metadata.finalizers = ["example.scs.community/a", "example.scs.community/b"]
            let made = try await contract.create(object)
            try await contract.client.delete(contract.type, made.key, DeleteOptions())
            let held = try await contract.client.get(contract.type, made.key)
            try contract.expect(held.isDeleting, "it is being deleted")
            let one: JSON = ["metadata": ["finalizers": ["example.scs.community/b"]]]
            let still = try await contract.patch(held, one)
            try contract.expect(still.metadata.finalizers == ["example.scs.community/b"], "one is left")
            _ = try await contract.patch(held, ["metadata": ["finalizers": .null]])
            try contract.expect(try await contract.client.find(contract.type, made.key) == nil, "it is gone")
        },
        Check("a deletion with the uid of another object conflicts") { contract in
            let made = try await contract.create(contract.make("other"))
            let options = DeleteOptions(uid: "00000000-0000-4000-8000-000000000000")
            try await contract.expect(.conflict) {
                try await contract.client.delete(contract.type, made.key, options)
            }
            try await contract.remove("other")
        },
    ]
}

// SPDX-License-Identifier: Apache-2.0

import Clients
import JSONTree
import Resources

extension ClientContract {
    package static let all = writes + reads

    package static let reads: [Check] = [
        Check("a list has pages that make one whole") { contract in
            let names = (1...5).map { "page-\($0)" }
            for name in names { try await contract.create(contract.make(name)) }
            let page = try await contract.client.list(contract.type, ListQuery(contract.scope, limit: 2))
            try contract.expect(page.items.count == 2 && page.continueToken != nil, "a page of two and a token")
            let all = try await contract.client.listAll(contract.type, ListQuery(contract.scope, limit: 2))
            try contract.expect(all.items.map(\.metadata.name) == names, "all five in order")
            for name in names { try await contract.remove(name) }
        },
        Check("a list selects by label and by name") { contract in
            for (name, tier) in [("sel-a", "web"), ("sel-b", "db")] {
                var object = contract.make(name)
                object.metadata.labels = ["tier": tier]
                try await contract.create(object)
            }
            for query in [
                ListQuery(contract.scope, labelSelector: "tier=db"),
                ListQuery(contract.scope, fieldSelector: "metadata.name=sel-b"),
            ] {
                let names = try await contract.client.listAll(contract.type, query).items.map(\.metadata.name)
                try contract.expect(names == ["sel-b"], "only sel-b, not \(names)")
            }
            try await contract.remove("sel-a", "sel-b")
        },
        Check("a watch gives every change after its resourceVersion, once and in order") { contract in
            let start = try await contract.position(contract.scope)
            let made = try await contract.create(contract.make("seen"))
            let changed = try await contract.patch(made, ["spec": ["size": 2]])
            try await contract.remove("seen")
            let events = try await contract.events(3, after: start)
            try contract.expect(Array(events.prefix(2)) == [.added(made), .modified(changed)], "got \(events)")
            guard case .deleted(let last) = events[2] else { throw Broken(description: "a deletion at last") }
            try contract.expect(last.metadata.uid == made.metadata.uid, "the deletion of the same object")
            let rest = try await contract.events(1, after: changed.metadata.resourceVersion ?? "")
            try contract.expect(rest == [events[2]], "a watch resumes in the middle")
        },
        Check("a watch hears what happens while it is open") { contract in
            let start = try await contract.position(contract.scope)
            async let heard = contract.events(2, after: start)
            for name in ["open-a", "open-b"] { try await contract.create(contract.make(name)) }
            try contract.expect(try await heard.count == 2, "two events")
            try await contract.remove("open-a", "open-b")
        },
        Check("organizations do not see each other, and the wildcard sees both") { contract in
            let start = try await contract.position(.everywhere)
            let first = try await contract.create(contract.make("same", in: 0))
            let second = try await contract.create(contract.make("same", in: 1))
            try contract.expect(first.metadata.uid != second.metadata.uid, "two objects")
            let mine = try await contract.client.listAll(contract.type, ListQuery(contract.scope)).items
            try contract.expect(mine == [first], "one's own only")
            let both = try await contract.client.listAll(contract.type, ListQuery(.everywhere)).items
            try contract.expect([first, second].allSatisfy(both.contains), "both, each with its organization")
            let events = try await contract.events(2, after: start, .everywhere)
            try contract.expect(events == [.added(first), .added(second)], "both changes, each with its organization")
            let own = try await contract.events(1, after: start, Scope(.one(contract.organizations[1])))
            try contract.expect(own == [.added(second)], "the second organization's change only")
            try await contract.remove("same", in: 0)
            try await contract.remove("same", in: 1)
        },
    ]
}

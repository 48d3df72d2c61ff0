// SPDX-License-Identifier: Apache-2.0

import Access
package import Resources

/// A part of the server's capacity that is kept for one sort of request, so that no other sort can use it up.
package enum Share: String, CaseIterable, Sendable {
    /// What the provider's masters and our own controllers ask for: their reserve.
    case system
    /// Everything about one object, and what is read to find out what is served.
    case requests
    /// Whatever may touch many objects: lists, collections to delete, watches that begin with a list.
    case lists
    /// Watches, as long as they run.
    case watches

    /// The share that a request of this verb works in; a watch begins in it.
    package init(verb: String, startsWithList: Bool = false, of user: UserInfo) {
        let isSystem =
            user.organization == nil
            && (user.groups.contains(GroupName.masters) || user.groups.contains(GroupName.controllers))
        self =
            switch verb {
            case _ where isSystem: .system
            case "list", "deletecollection": .lists
            case "watch" where startsWithList: .lists
            default: .requests
            }
    }

    /// What the requests of this share are, in a sentence.
    var noun: String {
        switch self {
        case .system, .requests: "requests"
        case .lists: "lists"
        case .watches: "watches"
        }
    }
}

/// How many may work at once in a share, and how many may wait for their turn.
package struct ShareLimits: Hashable, Sendable {
    /// A number for all together, for the users of one organization, and for one user.
    package struct Bounds: Hashable, Sendable {
        package var all: Int
        package var organization: Int
        package var user: Int

        /// Each bound by itself.
        package init(all: Int, organization: Int, user: Int) {
            self.all = all
            self.organization = organization
            self.user = user
        }

        /// An organization gets no more than half and a user no more than a quarter, so that the rest always has some.
        package init(dividing all: Int) {
            self.init(all: all, organization: max(1, all / 2), user: max(1, all / 4))
        }

        /// Whoever comes may have all.
        package init(undivided all: Int) { self.init(all: all, organization: all, user: all) }
    }

    /// Seats: requests that work.
    package var working: Bounds
    package var waiting: Bounds

    /// The limits of one share.
    package init(working: Bounds, waiting: Bounds) {
        self.working = working
        self.waiting = waiting
    }
}

/// The limits of all shares.
package struct FairnessLimits: Hashable, Sendable {
    package var system: ShareLimits
    package var requests: ShareLimits
    package var lists: ShareLimits
    package var watches: ShareLimits

    /// How many requests, lists and watches may run at once; how many may wait follows from it.
    package init(requests: Int = 400, lists: Int = 32, watches: Int = 40_000) {
        system = ShareLimits(working: .init(undivided: requests), waiting: .init(undivided: 10 * requests))
        self.requests = ShareLimits(working: .init(dividing: requests), waiting: .init(dividing: 10 * requests))
        self.lists = ShareLimits(working: .init(dividing: lists), waiting: .init(dividing: 32 * lists))
        // A watch ends when its client likes, so nobody can wait for that.
        self.watches = ShareLimits(working: .init(dividing: watches), waiting: .init(undivided: 0))
    }

    package subscript(share: Share) -> ShareLimits {
        switch share {
        case .system: system
        case .requests: requests
        case .lists: lists
        case .watches: watches
        }
    }
}

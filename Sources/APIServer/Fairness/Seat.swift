// SPDX-License-Identifier: Apache-2.0

import Serving
import Synchronization

/// The right to work, until it is given back; at the latest that happens when nobody holds it any more.
final class Seat: Sendable {
    private let release: Mutex<(@Sendable () -> Void)?>

    init(release: @escaping @Sendable () -> Void) { self.release = Mutex(release) }

    deinit { giveBack() }

    /// Lets the next one work; the second time does nothing.
    func giveBack() {
        let release = self.release.withLock { release in
            defer { release = nil }
            return release
        }
        release?()
    }

    /// A body with which the seat is given back when it has been sent; one that needs no sending gives it back now.
    func held(over body: Response.Body) -> Response.Body {
        guard case .stream(let stream) = body else {
            giveBack()
            return body
        }
        return .stream { writer in
            defer { self.giveBack() }
            try await stream(writer)
        }
    }
}

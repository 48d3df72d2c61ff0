// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// A request's body between the connection, which brings it in pieces, and the handler, which may ask for it or not.
///
/// At most `early` bytes are kept before anybody asks; then the connection is read no further, and the client waits.
final class IncomingBody: Sendable {
    /// The rest of a body that nobody wants is read and dropped up to this size; beyond, the connection ends.
    struct Unwanted: Error {}
    struct ClientGone: Error {}

    fileprivate struct State {
        var bytes: [UInt8] = []
        var limit: Int?
        var outcome: Result<Void, any Error>?
        var isAbandoned = false
        var dropped = 0
        var reader: CheckedContinuation<[UInt8], any Error>?
        var sender: CheckedContinuation<Void, Never>?
    }

    static let early = 64 * 1024
    static let maxDropped = 4 << 20
    private let state = Mutex(State())

    /// Whether nothing of it has arrived.
    var isUntouched: Bool { state.withLock { $0.bytes.isEmpty && $0.outcome == nil } }

    // MARK: - The connection's side

    /// Returns when more may be read.
    func receive(_ buffer: ByteBuffer) async throws {
        let (reader, wait) = try state.withLock { state in try state.receive(buffer) }
        reader?.resume(throwing: RequestBody.TooLarge(limit: state.withLock { $0.limit ?? 0 }))
        guard wait else { return }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { $0.hold(continuation) }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            releaseSender()
        }
    }

    func finish() { settle(.success(())) }

    /// Nothing more will come.
    func fail() { settle(.failure(ClientGone())) }

    // MARK: - The handler's side

    /// Waits for all of it.
    func collect(_ limit: Int) async throws -> [UInt8] {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result = state.withLock { $0.ask(continuation, limit: limit) }
                releaseSender()
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let reader = state.withLock { $0.reader.take() }
            reader?.resume(throwing: CancellationError())
        }
    }

    /// Drops what is still to come.
    func abandon() {
        state.withLock {
            $0.isAbandoned = true
            $0.bytes = []
        }
        releaseSender()
    }

    private func settle(_ outcome: Result<Void, any Error>) {
        let (reader, result) = state.withLock { state in state.settle(outcome) }
        if let reader, let result { reader.resume(with: result) }
    }

    private func releaseSender() {
        let sender = state.withLock { $0.sender.take() }
        sender?.resume()
    }
}

extension IncomingBody.State {
    /// Whoever is to hear that it grew too large, and whether the connection has to wait.
    mutating func receive(_ buffer: ByteBuffer) throws -> (CheckedContinuation<[UInt8], any Error>?, Bool) {
        guard !isAbandoned else {
            dropped += buffer.readableBytes
            if dropped > IncomingBody.maxDropped { throw IncomingBody.Unwanted() }
            return (nil, false)
        }
        bytes.append(contentsOf: buffer.readableBytesView)
        guard let limit else { return (nil, bytes.count > IncomingBody.early) }
        guard bytes.count > limit else { return (nil, false) }
        isAbandoned = true
        bytes = []
        outcome = .failure(RequestBody.TooLarge(limit: limit))
        return (reader.take(), false)
    }

    /// Whether the connection need not wait after all.
    mutating func hold(_ continuation: CheckedContinuation<Void, Never>) -> Bool {
        guard limit == nil, !isAbandoned, !Task.isCancelled else { return true }
        sender = continuation
        return false
    }

    mutating func ask(
        _ continuation: CheckedContinuation<[UInt8], any Error>, limit: Int
    ) -> Result<[UInt8], any Error>? {
        self.limit = limit
        if bytes.count > limit {
            isAbandoned = true
            bytes = []
            outcome = .failure(RequestBody.TooLarge(limit: limit))
        }
        if let outcome { return outcome.map { bytes } }
        if Task.isCancelled { return .failure(CancellationError()) }
        reader = continuation
        return nil
    }

    mutating func settle(
        _ outcome: Result<Void, any Error>
    ) -> (CheckedContinuation<[UInt8], any Error>?, Result<[UInt8], any Error>?) {
        guard self.outcome == nil else { return (nil, nil) }
        self.outcome = outcome
        return (reader.take(), outcome.map { bytes })
    }
}

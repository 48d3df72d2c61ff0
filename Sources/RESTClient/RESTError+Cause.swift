// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL

extension RESTError {
    /// Says of any failure of the HTTP client whether the request can have arrived.
    ///
    /// In doubt it can. Cancellation stays what it is.
    static func from(_ error: any Error, origin: String) -> any Error {
        switch error {
        case is RESTError, is CancellationError: error
        case let error as HTTPClientError: from(error, origin: origin)
        case is NIOConnectionError: RESTError(.notSent, "cannot connect to \(origin): \(error)")
        case is Trust.NotPinned: RESTError(.notSent, "\(origin) does not show the pinned certificate")
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            RESTError(.notSent, "no TLS with \(origin): \(error)")
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            RESTError(.notSent, "\(origin) refuses connections")
        default: RESTError(.lost, "connection to \(origin) broke: \(type(of: error))")
        }
    }

    private static func from(_ error: HTTPClientError, origin: String) -> any Error {
        switch error {
        case .cancelled: CancellationError()
        case .connectTimeout: RESTError(.notSent, "no connection to \(origin) in time")
        case .tlsHandshakeTimeout: RESTError(.notSent, "no TLS with \(origin) in time")
        case .getConnectionFromPoolTimeout: RESTError(.notSent, "all connections to \(origin) are busy")
        case .invalidURL, .emptyHost, .emptyScheme: RESTError(.notSent, "not a usable address: \(origin)")
        case .remoteConnectionClosed: RESTError(.lost, "\(origin) closed the connection before its answer")
        default: RESTError(.lost, "connection to \(origin) broke: \(error.shortDescription)")
        }
    }
}

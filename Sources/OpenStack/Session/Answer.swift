// SPDX-License-Identifier: Apache-2.0

package import JSONTree
import HTTPTypes
package import RESTClient

/// A service's answer to a call that succeeded.
package struct Answer: Sendable {
    package let call: Call
    package let response: RESTResponse

    /// What the provider finds the call by in the service's logs.
    package var requestID: String? { response.requestID }

    /// The service's own clock at the answer, as HTTP writes it: since-lists must count on it and not on ours.
    package var date: String? { response.headers[.date] }

    /// The whole body; an `unexpectedAnswer` when it is no JSON.
    package var tree: JSON {
        get throws {
            do {
                return try JSON(parsing: response.body, limits: .openStack)
            } catch {
                throw unexpected("\(error)")
            }
        }
    }

    /// What was asked for: a member of the body (`server`, `ports`), or the whole body when none is named.
    package func decode<Value: Decodable>(_ type: Value.Type = Value.self, at member: String? = nil) throws -> Value {
        let tree = try tree
        guard let value = member.map({ tree[$0] }) ?? tree else {
            throw unexpected("no member \"\(member ?? "")\"")
        }
        do {
            return try value.decode(type)
        } catch {
            throw unexpected("\(member ?? "body"): \(error)")
        }
    }

    private func unexpected(_ problem: String) -> OpenStackError {
        OpenStackError(
            .unexpectedAnswer, call, status: response.status, said: problem, requestID: requestID)
    }
}

extension ParseLimits {
    /// A page of a thousand servers is two megabytes.
    static let openStack = ParseLimits(bytes: 64 << 20, elements: 8 << 20)
}

extension RESTResponse {
    /// The request id by whichever name the service sends it.
    var requestID: String? {
        for name in ["x-openstack-request-id", "x-compute-request-id"] {
            if let name = HTTPField.Name(name), let id = headers[name] { return id }
        }
        return nil
    }
}

/**
 * The issuers of the mock authorisation service, the public one and those of tests: their keys, the log-ins and codes that they
 * remember, and how they sign. Every endpoint asks here which issuer it speaks for, and knows no other difference between them.
 */
package dev.connectionmanager.mock.provider;

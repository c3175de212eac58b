/**
 * What is judged about a TLS server: names, dates, signatures, the path to a root, stapled answers. Takes what a
 * handshake showed and a time; opens no connection.
 */
package dev.connectionmanager.verification.certificate;

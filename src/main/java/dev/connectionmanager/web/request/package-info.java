/**
 * Pages of a request for production as its team sees it: what is ready, the questions, submission, talk with
 * operators.
 */
package dev.connectionmanager.web.request;

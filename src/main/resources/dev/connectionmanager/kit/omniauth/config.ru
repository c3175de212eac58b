# Logs people in at {environment.raw}{#if provider.mock}, rehearsed at the mock{/if}. Start it with: rackup --port {port}
# It reads {#if keyJwt}CLIENT_KEY_FILE (the private key in PEM) and CLIENT_KEY_ID (its kid){#else}CLIENT_SECRET{/if} from its environment, and SESSION_KEY, 64 characters or more, which signs its cookies.
require 'json'
require 'omniauth_openid_connect'
require 'rack'
require 'securerandom'

CLIENT = {client.ruby}
ISSUER = {issuer.ruby}
{#if plainHttp}
SWD.url_builder = URI::HTTP
{/if}
{#if keyJwt}

# Among the options the key would lose its name.
KEY = JSON::JWK.new(OpenSSL::PKey::RSA.new(File.read(ENV.fetch('CLIENT_KEY_FILE'))), kid: ENV.fetch('CLIENT_KEY_ID'))
class OmniAuth::Strategies::OpenIDConnect
  def client
    @client ||= ::OpenIDConnect::Client.new(client_options).tap { |one| one.private_key = KEY }
  end
end
{/if}
{#if signedUserInfo}

# The gem reads plain JSON only.
class OmniAuth::Strategies::OpenIDConnect
  def user_info
    @user_info ||= begin
      claims = JSON::JWT.decode(access_token.get(client.userinfo_uri).body, public_key, [:{userInfoAlg}])
      id_token = decode_id_token(access_token.id_token).raw_attributes
      raise CallbackError, error: :userinfo, reason: 'of somebody else' if claims['sub'] != id_token['sub']

      ::OpenIDConnect::ResponseObject::UserInfo.new(claims.merge(id_token))
    end
  end
end
{/if}

# In memory: replace it with a store that your servers share.
SESSIONS = {}
{#if logout}
TAKEN = {}
{/if}

use Rack::Session::Cookie, key: 'session', secret: ENV.fetch('SESSION_KEY'), same_site: :lax, secure: {#if https}true{#else}false{/if}
use OmniAuth::Builder do
  provider :openid_connect,
           name: :cis2,
           callback_path: {redirectPath.ruby},
           discovery: true,
           issuer: ISSUER,
           scope: %w[{scope.raw}],
           acr_values: {acr.ruby},
{#if keyJwt || secretJwt}
           client_auth_method: :jwt_bearer,
{#else if post}
           client_auth_method: :post,
{#else}
           client_auth_method: :basic,
{/if}
           client_options: {
             identifier: CLIENT,
{#if !keyJwt}
             secret: ENV.fetch('CLIENT_SECRET'),
{/if}
             redirect_uri: {redirect.ruby}
           }
end
OmniAuth.config.on_failure = lambda do |env|
  warn "Log-in failed: " + env['omniauth.error.type'].to_s + ' ' + env['omniauth.error'].to_s
  [403, { 'Content-Type' => 'text/plain' }, ['The log-in failed. Go to / and try again.']]
end

def page(request)
  session = SESSIONS[request.session['id']]
  return [200, { 'Content-Type' => 'application/json' }, [session.to_json]] if session

  token = Rack::Protection::AuthenticityToken.token(request.session)
  form = '<form method="post" action="/auth/cis2"><input type="hidden" name="authenticity_token" value="' + token + '"><button>Log in</button></form>'
  [200, { 'Content-Type' => 'text/html' }, [form]]
end

def finish(request)
  auth = request.env['omniauth.auth']
  claims = JSON::JWT.decode(auth.credentials.id_token, :skip_verification) # The gem has checked it.
  id = request.session['id'] = SecureRandom.uuid
  SESSIONS[id] = { sid: claims['sid'], sub: claims['sub'], acr: claims['acr'], user: auth.extra.raw_info }
  [302, { 'Location' => '/' }, []]
end
{#if logout}

# Read again every five minutes, for the sake of new keys.
def provider
  if @read.nil? || Time.now - @read > 300
    @provider = OpenIDConnect::Discovery::Provider::Config.discover!(ISSUER)
    @read = Time.now
  end
  @provider
end

# OpenID Connect Back-Channel Logout 1.0 section 2.6.
def log_out(request)
  claims = JSON::JWT.decode(request.POST['logout_token'].to_s, provider.jwks, [:RS256])
  now = Time.now.to_i
  TAKEN.delete_if { |_, ends| ends < now }
  event = claims.fetch('events')['http://schemas.openid.net/event/backchannel-logout']
  good = claims['iss'] == ISSUER && Array(claims['aud']).include?(CLIENT) && claims.fetch('exp') > now && claims.key?('iat')
  good &&= event.is_a?(Hash) && !claims.key?('nonce') && (claims['sid'] || claims['sub']) && !TAKEN.key?(claims.fetch('jti'))
  raise 'no logout token, or one that was taken before' unless good

  TAKEN[claims['jti']] = claims['exp']
  SESSIONS.delete_if { |_, one| claims['sid'] ? one[:sid] == claims['sid'] : one[:sub] == claims['sub'] }
  [200, { 'Cache-Control' => 'no-store' }, []]
rescue StandardError => e
  warn 'Logout token refused: ' + e.message
  [400, { 'Cache-Control' => 'no-store' }, []]
end
{/if}

run lambda { |env|
  request = Rack::Request.new(env)
{#if logout}
  next log_out(request) if request.post? && request.path == {logoutPath.ruby}
{/if}
  request.path == {redirectPath.ruby} && env['omniauth.auth'] ? finish(request) : page(request)
}

"""Where WeCom is."""

WECOM_API = "https://qyapi.weixin.qq.com"
WECOM_LOGIN = "https://open.weixin.qq.com/connect/oauth2/authorize"

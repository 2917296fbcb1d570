// What scripts say, in the language of the page. Keys are the English sentences; {name} is filled in.
const CHINESE = {
  "{n} d": "{n} 天",
  "{n} h": "{n} 小时",
  "{n} min": "{n} 分钟",
  "A photo may have {limit}; “{name}” has {size}.": "每张照片不超过 {limit}，“{name}”为 {size}。",
  "At most {max} photos.": "最多 {max} 张照片。",
  "Choose on the map": "在地图上选点",
  "Choose photos": "从相册选择",
  "Close": "关闭",
  "Close the map": "收起地图",
  "Copied": "已复制",
  "Copying is not possible here. Select the text and copy it.": "此处无法自动复制，请选中文字后复制。",
  "Finding your position …": "正在定位……",
  "Map": "地图",
  "No connection. Nothing was sent; please try again.": "网络不通，内容没有提交，请重试。",
  "Overdue {time}": "超时 {time}",
  "Photo {n}": "第 {n} 张照片",
  "Position marked: {place}": "已标记位置：{place}",
  "Position unavailable. Choose the place on the map.": "暂时无法定位，请在地图上选点。",
  "Reload": "刷新",
  "Remove photo {n}": "删除第 {n} 张照片",
  "Remove the position": "清除位置",
  "Show all": "返回全部",
  "Sign in again to go on.": "请重新登录后继续。",
  "It is not here any more, or went to others. Nothing was changed.": "内容已不存在或已转给他人，本次操作没有生效。",
  "Somebody else was faster.": "已有人先处理。",
  "Take a photo": "拍照",
  "Tap the place on the map.": "请在地图上点选位置。",
  "The answer took too long. Please look whether it was done before you try again.": "等待超时，请先查看是否已办理，再决定是否重试。",
  "The chart could not be loaded.": "图表加载失败。",
  "The map could not be loaded.": "地图加载失败。",
  "Use my position": "使用当前位置",
  "Zoom in": "放大",
  "Zoom out": "缩小",
  "You did not allow this page to know your position. Choose the place on the map.": "您未允许本页面定位，请在地图上选点。",
  "Something went wrong here (error {status}). Please try again later.": "系统出错（{status}），请稍后再试。",
  "This cannot be done (error {status}).": "无法办理（{status}）。",
  "This needs a connection over https. Choose the place on the map.": "定位需要 https 连接，请在地图上选点。",
  "{name} is not a photo.": "“{name}”不是照片。",
  "{n} here; show them": "此处 {n} 件，点开查看",
  "{time} left": "剩 {time}",
  "(about {n} m)": "（误差约 {n} 米）",
  "No data": "暂无数据",
};

export const chinese = () => (document.documentElement.lang || "zh").toLowerCase().startsWith("zh");

export function say(sentence, values = {}) {
  const words = (chinese() && CHINESE[sentence]) || sentence;
  return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
